//! Hashes that are asked for again and again. OpenMLS 0.9.2 keeps no tree hashes: every commit hashes every node of the tree anew,
//! nearly three megabytes at a thousand members, though all but a path are as they were. Comparing is much cheaper than hashing.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// SHA-384.
pub type Digest = [u8; 48];

/// So many are kept at most, should nobody say that a round is over: twice the nodes of the largest tree.
const MOST: usize = 4_096;
/// Shorter inputs are hashed as quickly as they are found. Longer ones are no nodes.
const SIZES: core::ops::RangeInclusive<usize> = 128..=8_192;

/// Bytes of an input's head and tail: a node's number and its children's hashes, so that two nodes seldom have one name.
const NAME: usize = 24;
type Name = (usize, [u8; NAME], [u8; NAME]);
type Entries = BTreeMap<Name, (Box<[u8]>, Digest)>;

/// What it gives is always the hash of just that input: the whole input is compared, its name only says where to look.
#[derive(Default)]
pub struct HashMemo {
    /// OpenMLS wants its cryptography to be `Sync`; here is one thread.
    entries: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    young: Entries,
    old: Entries,
}

impl HashMemo {
    pub fn hash(&self, data: &[u8], hash: impl FnOnce(&[u8]) -> Digest) -> Digest {
        if !SIZES.contains(&data.len()) {
            return hash(data);
        }
        let name = name_of(data);
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, digest)) = entries.young.get(&name) {
            if **known == *data {
                return *digest;
            }
        }
        let kept = entries.old.remove(&name).filter(|(known, _)| **known == *data);
        let (known, digest) = kept.unwrap_or_else(|| (data.into(), hash(data)));
        if entries.young.len() >= MOST {
            entries.turn();
        }
        entries.young.insert(name, (known, digest));
        digest
    }

    /// A round is over: what was asked for neither in it nor in the next is forgotten.
    pub fn turn(&self) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).turn();
    }
}

impl Generations {
    fn turn(&mut self) {
        self.old = core::mem::take(&mut self.young);
    }
}

fn name_of(data: &[u8]) -> Name {
    let mut name = (data.len(), [0; NAME], [0; NAME]);
    name.1.copy_from_slice(&data[..NAME]);
    name.2.copy_from_slice(&data[data.len() - NAME..]);
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    fn counted<'a>(calls: &'a Cell<usize>) -> impl Fn(&[u8]) -> Digest + 'a {
        |data| {
            calls.set(calls.get() + 1);
            let mut digest = [0; 48];
            for (i, byte) in data.iter().enumerate() {
                digest[i % 48] ^= byte.rotate_left((i % 7) as u32);
            }
            digest
        }
    }

    #[test]
    fn d12_an_input_is_hashed_once_and_only_the_same_input_gets_that_hash() {
        let (memo, calls) = (HashMemo::default(), Cell::new(0));
        let hash = counted(&calls);
        let first = vec![7u8; 1_000];
        let mut alike = first.clone();
        alike[500] = 8;
        for _ in 0..3 {
            assert_eq!(memo.hash(&first, &hash), counted(&Cell::new(0))(&first));
        }
        assert_eq!(calls.get(), 1);
        // Head, tail and length are those of the other.
        assert_eq!(memo.hash(&alike, &hash), counted(&Cell::new(0))(&alike));
        assert_ne!(memo.hash(&alike, &hash), memo.hash(&first, &hash));
    }

    #[test]
    fn d12_what_is_still_asked_for_stays_and_the_rest_is_forgotten() {
        let (memo, calls) = (HashMemo::default(), Cell::new(0));
        let hash = counted(&calls);
        let input = |n: usize| [&n.to_be_bytes()[..], &[1; 200]].concat();
        for n in 0..3 * MOST {
            memo.hash(&input(n), &hash);
            memo.hash(&input(0), &hash);
        }
        assert_eq!(calls.get(), 3 * MOST);
        assert!(memo.entries.lock().unwrap().young.len() <= MOST);
        memo.turn();
        memo.hash(&input(0), &hash);
        memo.turn();
        assert_eq!(memo.entries.lock().unwrap().old.len(), 1);
        assert_eq!(calls.get(), 3 * MOST);
    }
}
