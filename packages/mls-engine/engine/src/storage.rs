//! What OpenMLS reads back, kept in memory until the member is wiped: key packages, PSKs, and the private keys of one
//! epoch. The group itself lives as one object in `Member` and is never written (D10), so a step costs O(log N) here
//! where OpenMLS' own storage writes the tree and all message secrets as JSON.

use openmls_traits::storage::{traits, StorageProvider, CURRENT_VERSION};
use serde::{de::DeserializeOwned, Serialize};
use std::{cell::RefCell, collections::BTreeMap};
use zeroize::Zeroizing;

const V: u16 = CURRENT_VERSION;

/// An entry could not be written or read: an invariant is broken.
#[derive(Debug)]
pub struct Unreadable;

impl core::fmt::Display for Unreadable {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("unreadable entry")
    }
}

impl std::error::Error for Unreadable {}

type Outcome<T> = Result<T, Unreadable>;

#[derive(Clone, Copy)]
enum Shelf {
    KeyPair,
    EpochKeyPairs,
    KeyPackage,
    Psk,
}

/// Values are overwritten when they are replaced or dropped.
#[derive(Default)]
pub struct ObjectStorage {
    entries: RefCell<BTreeMap<Vec<u8>, Zeroizing<Vec<u8>>>>,
}

impl ObjectStorage {
    fn keep(&self, key: Vec<u8>, value: &(impl Serialize + ?Sized)) -> Outcome<()> {
        let bytes = Zeroizing::new(postcard::to_allocvec(value).map_err(|_| Unreadable)?);
        self.entries.borrow_mut().insert(key, bytes);
        Ok(())
    }

    fn read<T: DeserializeOwned>(&self, key: &[u8]) -> Outcome<Option<T>> {
        let entries = self.entries.borrow();
        entries.get(key).map(|bytes| postcard::from_bytes(bytes).map_err(|_| Unreadable)).transpose()
    }

    fn forget(&self, key: &[u8]) -> Outcome<()> {
        self.entries.borrow_mut().remove(key);
        Ok(())
    }
}

fn key(shelf: Shelf, name: &impl Serialize) -> Outcome<Vec<u8>> {
    postcard::to_allocvec(&(shelf as u8, name)).map_err(|_| Unreadable)
}

/// Group state that is written for a later `MlsGroup::load`, which we never ask for.
macro_rules! never_written {
    ($($write:ident / $read:ident: $kind:ident,)*) => {$(
        fn $write<G: traits::GroupId<V>, T: traits::$kind<V>>(&self, _: &G, _: &T) -> Outcome<()> {
            Ok(())
        }
        fn $read<G: traits::GroupId<V>, T: traits::$kind<V>>(&self, _: &G) -> Outcome<Option<T>> {
            Ok(None)
        }
    )*};
}

macro_rules! nothing_to_delete {
    ($($delete:ident,)*) => {$(
        fn $delete<G: traits::GroupId<V>>(&self, _: &G) -> Outcome<()> {
            Ok(())
        }
    )*};
}

impl StorageProvider<V> for ObjectStorage {
    type Error = Unreadable;

    never_written! {
        write_mls_join_config / mls_group_join_config: MlsGroupJoinConfig,
        write_tree / tree: TreeSync,
        write_interim_transcript_hash / interim_transcript_hash: InterimTranscriptHash,
        write_context / group_context: GroupContext,
        write_confirmation_tag / confirmation_tag: ConfirmationTag,
        write_message_secrets / message_secrets: MessageSecrets,
        write_resumption_psk_store / resumption_psk_store: ResumptionPskStore,
        write_own_leaf_index / own_leaf_index: LeafNodeIndex,
        write_group_epoch_secrets / group_epoch_secrets: GroupEpochSecrets,
    }

    nothing_to_delete! {
        delete_own_leaf_nodes,
        delete_group_config,
        delete_tree,
        delete_confirmation_tag,
        delete_group_state,
        delete_context,
        delete_interim_transcript_hash,
        delete_message_secrets,
        delete_all_resumption_psk_secrets,
        delete_own_leaf_index,
        delete_group_epoch_secrets,
    }

    fn write_group_state<T: traits::GroupState<V>, G: traits::GroupId<V>>(&self, _: &G, _: &T) -> Outcome<()> {
        Ok(())
    }
    fn group_state<T: traits::GroupState<V>, G: traits::GroupId<V>>(&self, _: &G) -> Outcome<Option<T>> {
        Ok(None)
    }

    // Proposals on their own do not exist in our groups (D8), and no leaf key is made outside a commit.
    fn append_own_leaf_node<G: traits::GroupId<V>, T: traits::LeafNode<V>>(&self, _: &G, _: &T) -> Outcome<()> {
        Err(Unreadable)
    }
    fn own_leaf_nodes<G: traits::GroupId<V>, T: traits::LeafNode<V>>(&self, _: &G) -> Outcome<Vec<T>> {
        Ok(vec![])
    }
    fn queue_proposal<G: traits::GroupId<V>, R: traits::ProposalRef<V>, P: traits::QueuedProposal<V>>(
        &self,
        _: &G,
        _: &R,
        _: &P,
    ) -> Outcome<()> {
        Err(Unreadable)
    }
    fn queued_proposal_refs<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(&self, _: &G) -> Outcome<Vec<R>> {
        Ok(vec![])
    }
    fn queued_proposals<G: traits::GroupId<V>, R: traits::ProposalRef<V>, P: traits::QueuedProposal<V>>(
        &self,
        _: &G,
    ) -> Outcome<Vec<(R, P)>> {
        Ok(vec![])
    }
    fn remove_proposal<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(&self, _: &G, _: &R) -> Outcome<()> {
        Ok(())
    }
    fn clear_proposal_queue<G: traits::GroupId<V>, R: traits::ProposalRef<V>>(&self, _: &G) -> Outcome<()> {
        Ok(())
    }

    // The signature key never enters storage: `LeafSigner` holds it.
    fn write_signature_key_pair<K: traits::SignaturePublicKey<V>, P: traits::SignatureKeyPair<V>>(
        &self,
        _: &K,
        _: &P,
    ) -> Outcome<()> {
        Err(Unreadable)
    }
    fn signature_key_pair<K: traits::SignaturePublicKey<V>, P: traits::SignatureKeyPair<V>>(
        &self,
        _: &K,
    ) -> Outcome<Option<P>> {
        Ok(None)
    }
    fn delete_signature_key_pair<K: traits::SignaturePublicKey<V>>(&self, _: &K) -> Outcome<()> {
        Ok(())
    }

    fn write_encryption_key_pair<K: traits::EncryptionKey<V>, P: traits::HpkeKeyPair<V>>(
        &self,
        public: &K,
        pair: &P,
    ) -> Outcome<()> {
        self.keep(key(Shelf::KeyPair, public)?, pair)
    }
    fn encryption_key_pair<P: traits::HpkeKeyPair<V>, K: traits::EncryptionKey<V>>(
        &self,
        public: &K,
    ) -> Outcome<Option<P>> {
        self.read(&key(Shelf::KeyPair, public)?)
    }
    fn delete_encryption_key_pair<K: traits::EncryptionKey<V>>(&self, public: &K) -> Outcome<()> {
        self.forget(&key(Shelf::KeyPair, public)?)
    }

    fn write_encryption_epoch_key_pairs<G: traits::GroupId<V>, E: traits::EpochKey<V>, P: traits::HpkeKeyPair<V>>(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
        pairs: &[P],
    ) -> Outcome<()> {
        self.keep(key(Shelf::EpochKeyPairs, &(group, epoch, leaf))?, pairs)
    }
    fn encryption_epoch_key_pairs<G: traits::GroupId<V>, E: traits::EpochKey<V>, P: traits::HpkeKeyPair<V>>(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Outcome<Vec<P>> {
        Ok(self.read(&key(Shelf::EpochKeyPairs, &(group, epoch, leaf))?)?.unwrap_or_default())
    }
    fn delete_encryption_epoch_key_pairs<G: traits::GroupId<V>, E: traits::EpochKey<V>>(
        &self,
        group: &G,
        epoch: &E,
        leaf: u32,
    ) -> Outcome<()> {
        self.forget(&key(Shelf::EpochKeyPairs, &(group, epoch, leaf))?)
    }

    fn write_key_package<H: traits::HashReference<V>, P: traits::KeyPackage<V>>(
        &self,
        reference: &H,
        key_package: &P,
    ) -> Outcome<()> {
        self.keep(key(Shelf::KeyPackage, reference)?, key_package)
    }
    fn key_package<H: traits::HashReference<V>, P: traits::KeyPackage<V>>(&self, reference: &H) -> Outcome<Option<P>> {
        self.read(&key(Shelf::KeyPackage, reference)?)
    }
    fn delete_key_package<H: traits::HashReference<V>>(&self, reference: &H) -> Outcome<()> {
        self.forget(&key(Shelf::KeyPackage, reference)?)
    }

    fn write_psk<I: traits::PskId<V>, P: traits::PskBundle<V>>(&self, id: &I, psk: &P) -> Outcome<()> {
        self.keep(key(Shelf::Psk, id)?, psk)
    }
    fn psk<P: traits::PskBundle<V>, I: traits::PskId<V>>(&self, id: &I) -> Outcome<Option<P>> {
        self.read(&key(Shelf::Psk, id)?)
    }
    fn delete_psk<I: traits::PskId<V>>(&self, id: &I) -> Outcome<()> {
        self.forget(&key(Shelf::Psk, id)?)
    }
}
