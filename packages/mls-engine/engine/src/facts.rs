//! What the engine tells about what it read. Public values only.

use crate::{
    code::{Code, Result},
    provider::Provider,
    LONGEST_LIFE, POLICY, SUITE,
};
use openmls::prelude::{tls_codec::*, *};
use openmls::schedule::{PreSharedKeyId, Psk};

/// Who a leaf says it is: the 16 raw bytes of the member's pseudonym, and the key that signs for it.
pub struct Leaf {
    pub index: u32,
    pub identity: Vec<u8>,
    pub signature_key: Vec<u8>,
}

pub struct Joiner {
    pub identity: Vec<u8>,
    pub signature_key: Vec<u8>,
    /// KeyPackageRef, RFC 9420 section 5.2.
    pub reference: Vec<u8>,
}

#[derive(Default)]
pub struct CommitFacts {
    pub adds: Vec<Joiner>,
    pub removes: Vec<u32>,
    pub psks: Vec<Vec<u8>>,
    /// The new policy, when the commit replaces the policy and nothing else of the group context.
    pub policy: Option<Vec<u8>>,
    /// Proposals of every other kind.
    pub other: u32,
    pub has_path: bool,
    pub self_removed: bool,
}

pub enum Processed {
    Commit { sender: u32, epoch: u64, authenticated_data: Vec<u8>, facts: CommitFacts },
    Application { sender: u32, epoch: u64, authenticated_data: Vec<u8>, data: Vec<u8> },
}

pub struct Committed {
    pub commit: Vec<u8>,
    /// One for each added key package, in that order.
    pub welcomes: Vec<Vec<u8>>,
    /// The tree after this commit, for those it adds.
    pub tree: Option<Vec<u8>>,
}

pub struct Joined {
    pub group_id: Vec<u8>,
    pub epoch: u64,
    pub policy: Vec<u8>,
    pub roster: Vec<Leaf>,
    pub own: u32,
    pub adder: u32,
}

/// A basic credential of 16 bytes; nothing else is a member.
pub fn identity_of(credential: &Credential) -> Option<Vec<u8>> {
    let identity = BasicCredential::try_from(credential.clone()).ok()?.identity().to_vec();
    (identity.len() == 16).then_some(identity)
}

pub fn roster_of(members: impl Iterator<Item = Member>) -> Result<Vec<Leaf>> {
    members
        .map(|member| {
            let identity = identity_of(&member.credential).ok_or(Code::Validation)?;
            Ok(Leaf { index: member.index.u32(), identity, signature_key: member.signature_key })
        })
        .collect()
}

/// What we ask of a key package beyond RFC 9420: our suite, a 16-byte identity, no extension, a lifetime of a day at most.
pub fn joiner_of(key_package: &KeyPackage, provider: &Provider) -> Result<Joiner> {
    let leaf = key_package.leaf_node();
    let life = key_package.life_time();
    let is_short = life.not_after().saturating_sub(life.not_before()) <= LONGEST_LIFE;
    let is_plain = leaf.extensions().iter().next().is_none() && key_package.extensions().iter().next().is_none();
    let knows_policy = leaf.capabilities().extensions().contains(&ExtensionType::Unknown(POLICY));
    if key_package.ciphersuite() != SUITE || !is_short || !is_plain || !knows_policy {
        return Err(Code::KeyPackageInvalid);
    }
    Ok(Joiner {
        identity: identity_of(leaf.credential()).ok_or(Code::KeyPackageInvalid)?,
        signature_key: leaf.signature_key().as_slice().to_vec(),
        reference: key_package.hash_ref(provider.crypto()).map_err(|_| Code::Bug)?.as_slice().to_vec(),
    })
}

/// Reads and validates one key package, all of its bytes. Its lifetime is checked at OpenMLS' clock and at `now`.
pub fn read_key_package(bytes: &[u8], now: u64, provider: &Provider) -> Result<(KeyPackage, Joiner)> {
    let message = MlsMessageIn::tls_deserialize_exact(bytes).map_err(|_| Code::Malformed)?;
    let MlsMessageBodyIn::KeyPackage(claimed) = message.extract() else { return Err(Code::Malformed) };
    let key_package =
        claimed.validate(provider.crypto(), ProtocolVersion::Mls10).map_err(|_| Code::KeyPackageInvalid)?;
    let life = key_package.life_time();
    if now < life.not_before() || now >= life.not_after() {
        return Err(Code::KeyPackageInvalid);
    }
    let joiner = joiner_of(&key_package, provider)?;
    Ok((key_package, joiner))
}

/// The group context has our policy, the capabilities that go with it, and nothing else.
pub fn extensions_with(policy: &[u8]) -> Result<Extensions<GroupContext>> {
    let required =
        RequiredCapabilitiesExtension::new(&[ExtensionType::Unknown(POLICY)], &[], &[CredentialType::Basic]);
    let list = vec![
        Extension::RequiredCapabilities(required),
        Extension::Unknown(POLICY, UnknownExtension(policy.to_vec())),
    ];
    Extensions::from_vec(list).map_err(|_| Code::Bug)
}

/// The policy of a group context that is exactly ours; nothing for any other.
pub fn policy_of(extensions: &Extensions<GroupContext>) -> Option<Vec<u8>> {
    let policy = extensions.unknown(POLICY)?.0.clone();
    (*extensions == extensions_with(&policy).ok()?).then_some(policy)
}

pub fn facts_of(commit: &StagedCommit, provider: &Provider) -> Result<CommitFacts> {
    let mut facts = CommitFacts {
        has_path: commit.update_path_leaf_node().is_some(),
        self_removed: commit.self_removed(),
        ..CommitFacts::default()
    };
    for queued in commit.queued_proposals() {
        match queued.proposal() {
            Proposal::Add(add) => facts.adds.push(joiner_of(add.key_package(), provider)?),
            Proposal::Remove(remove) => facts.removes.push(remove.removed().u32()),
            Proposal::PreSharedKey(psk) => match external_psk(psk)? {
                Some(id) => facts.psks.push(id),
                None => facts.other += 1,
            },
            Proposal::GroupContextExtensions(change) => match policy_of(change.extensions()) {
                Some(policy) if facts.policy.is_none() => facts.policy = Some(policy),
                _ => facts.other += 1,
            },
            _ => facts.other += 1,
        }
    }
    Ok(facts)
}

/// The id of an external PSK. A resumption PSK has none.
fn external_psk(proposal: &PreSharedKeyProposal) -> Result<Option<Vec<u8>>> {
    // The proposal keeps its only field to itself; on the wire it is that field.
    let bytes = proposal.tls_serialize_detached().map_err(|_| Code::Bug)?;
    let id = PreSharedKeyId::tls_deserialize_exact(&bytes).map_err(|_| Code::Bug)?;
    Ok(match id.psk() {
        Psk::External(external) => Some(external.psk_id().to_vec()),
        Psk::Resumption(_) => None,
    })
}
