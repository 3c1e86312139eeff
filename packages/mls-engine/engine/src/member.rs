//! One member of one group for one join: its keys, its state, and the rules of docs/protocol.md that need both.
//! What a commit may carry and who may send it (D8) is decided above, from the facts given here, before `accept`.

use crate::{
    code::{Code, Result},
    facts::*,
    header::{self, Content},
    provider::{self, Provider},
    refusal, welcome,
    signer::LeafSigner,
    FORWARD, LONGEST_LIFE, OUT_OF_ORDER, PADDING, PAST_EPOCHS, POLICY, SKEW, SUITE,
};
use openmls::group::PastEpochDeletion;
use openmls::prelude::{tls_codec::*, *};
use openmls::schedule::{ExternalPsk, PreSharedKeyId, Psk};

/// Most bytes of an endorsement; ours has 120.
const LONGEST_STATEMENT: usize = 1024;

pub struct Member {
    provider: Provider,
    signer: LeafSigner,
    identity: Vec<u8>,
    lifetime: Lifetime,
    /// References of key packages that can still open a Welcome, and of those that no longer can.
    fresh: Vec<Vec<u8>>,
    spent: Vec<Vec<u8>>,
    group: Option<MlsGroup>,
    staged_commit: Option<(StagedCommit, Vec<u32>)>,
    staged_join: Option<StagedWelcome>,
    /// Leaves that the commit which ended the last epoch removed (A1.14).
    dropped: Vec<u32>,
    pending_removes: Vec<u32>,
}

/// What one commit does. D12: it always carries a path.
pub struct Change<'a> {
    pub adds: Vec<Vec<u8>>,
    pub removes: Vec<u32>,
    pub psk: Option<Vec<u8>>,
    pub policy: Option<Vec<u8>>,
    pub authenticated_data: &'a [u8],
}

impl Member {
    pub fn new(identity: &[u8], now: u64, life: u64) -> Result<Member> {
        if identity.len() != 16 || life == 0 || life + SKEW > LONGEST_LIFE || now < SKEW {
            return Err(Code::InvalidArgument);
        }
        Ok(Member {
            provider: Provider::default(),
            signer: LeafSigner::fresh()?,
            identity: identity.to_vec(),
            lifetime: Lifetime::init(now - SKEW, now + life),
            fresh: vec![],
            spent: vec![],
            group: None,
            staged_commit: None,
            staged_join: None,
            dropped: vec![],
            pending_removes: vec![],
        })
    }

    pub fn signature_key(&self) -> Vec<u8> {
        self.signer.public()
    }

    /// Signs what this leaf says of its device, under a prefix of its own (D17.14).
    pub fn endorse(&self, statement: &[u8]) -> Result<Vec<u8>> {
        if statement.is_empty() || statement.len() > LONGEST_STATEMENT {
            return Err(Code::InvalidArgument);
        }
        Ok(self.signer.endorse(statement))
    }

    pub fn key_package(&mut self) -> Result<Vec<u8>> {
        let bundle = KeyPackage::builder()
            .key_package_lifetime(self.lifetime)
            .leaf_node_capabilities(capabilities())
            .build(SUITE, &self.provider, &self.signer, self.credential())
            .map_err(|_| Code::Bug)?;
        let key_package = bundle.into_key_package();
        let reference = key_package.hash_ref(self.provider.crypto()).map_err(|_| Code::Bug)?;
        self.fresh.push(reference.as_slice().to_vec());
        MlsMessageOut::from(key_package).to_bytes().map_err(|_| Code::Bug)
    }

    pub fn read_key_package(&self, bytes: &[u8], now: u64) -> Result<Joiner> {
        read_key_package(bytes, now, &self.provider).map(|(_, joiner)| joiner)
    }

    pub fn create(&mut self, group_id: &[u8], policy: &[u8]) -> Result<()> {
        self.without_group()?;
        if group_id.len() != 16 {
            return Err(Code::InvalidArgument);
        }
        let config = MlsGroupCreateConfig::builder()
            .ciphersuite(SUITE)
            .capabilities(capabilities())
            .lifetime(self.lifetime)
            .with_group_context_extensions(extensions_with(policy)?)
            .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .use_ratchet_tree_extension(false)
            .max_past_epochs(PAST_EPOCHS)
            .number_of_resumption_psks(0)
            .padding_size(PADDING)
            .sender_ratchet_configuration(SenderRatchetConfiguration::new(OUT_OF_ORDER, FORWARD))
            .build();
        let id = GroupId::from_slice(group_id);
        let group =
            MlsGroup::new_with_group_id(&self.provider, &self.signer, &config, id, self.credential());
        self.group = Some(group.map_err(|_| Code::Bug)?);
        Ok(())
    }

    pub fn store_psk(&mut self, id: &[u8], secret: &[u8]) -> Result<()> {
        if id.is_empty() || secret.len() < 16 {
            return Err(Code::InvalidArgument);
        }
        self.psk_id(id)?.store(&self.provider, secret).map_err(|_| Code::Bug)
    }

    /// Leaves the commit pending until the server's order is known (D9); a second one meanwhile is refused (E2).
    pub fn commit(&mut self, change: Change) -> Result<Committed> {
        let group = self.active()?;
        if group.pending_commit().is_some() {
            return Err(Code::PendingCommit);
        }
        if self.staged_commit.is_some() {
            return Err(Code::AlreadyStaged);
        }
        if change.policy.is_some() && !(change.adds.is_empty() && change.removes.is_empty() && change.psk.is_none()) {
            // D8: a change of the group context stands alone.
            return Err(Code::InvalidArgument);
        }
        let (mut key_packages, mut references) = (vec![], vec![]);
        for bytes in &change.adds {
            let (key_package, joiner) = read_key_package(bytes, now(), &self.provider)?;
            key_packages.push(key_package);
            references.push(joiner.reference);
        }
        let mut proposals = vec![];
        if let Some(id) = &change.psk {
            proposals.push(Proposal::PreSharedKey(Box::new(PreSharedKeyProposal::new(self.psk_id(id)?))));
        }
        let extensions = change.policy.as_deref().map(extensions_with).transpose()?;
        let Member { provider, signer, group, .. } = self;
        let group = group.as_mut().ok_or(Code::NoGroup)?;
        group.set_aad(change.authenticated_data.to_vec());
        let mut builder = group
            .commit_builder()
            .consume_proposal_store(false)
            .force_self_update(true)
            .propose_adds(key_packages)
            .propose_removals(change.removes.iter().map(|leaf| LeafNodeIndex::new(*leaf)))
            .add_proposals(proposals);
        if let Some(extensions) = extensions {
            builder = builder.propose_group_context_extensions(extensions).map_err(refusal::of_creating)?;
        }
        let bundle = builder
            .load_psks(provider.storage())
            .map_err(refusal::of_creating)?
            .build(provider.rand(), provider.crypto(), signer, |_| true)
            .map_err(refusal::of_creating)?
            .stage_commit(provider)
            .map_err(|_| Code::Bug)?;
        provider::after_commit(provider);
        let (commit, welcome, _) = bundle.into_messages();
        let mut committed = Committed { commit: commit.to_bytes().map_err(|_| Code::Bug)?, welcomes: vec![], tree: None };
        if let Some(message) = welcome {
            committed.welcomes = welcome::cut(&message.to_bytes().map_err(|_| Code::Bug)?, &references)?;
            committed.tree = Some(tree_after(group, provider)?);
        }
        self.pending_removes = change.removes;
        Ok(committed)
    }

    pub fn has_pending(&self) -> bool {
        self.group.as_ref().is_some_and(|group| group.pending_commit().is_some())
    }

    pub fn merge_commit(&mut self) -> Result<()> {
        if !self.has_pending() {
            return Err(Code::NoPendingCommit);
        }
        if self.staged_commit.is_some() {
            return Err(Code::AlreadyStaged);
        }
        let group = self.group.as_mut().ok_or(Code::NoGroup)?;
        group.merge_pending_commit(&self.provider).map_err(|_| Code::Bug)?;
        self.dropped = core::mem::take(&mut self.pending_removes);
        Ok(())
    }

    pub fn clear_commit(&mut self) -> Result<()> {
        if !self.has_pending() {
            return Err(Code::NoPendingCommit);
        }
        let group = self.group.as_mut().ok_or(Code::NoGroup)?;
        group.clear_pending_commit(self.provider.storage()).map_err(|_| Code::Bug)?;
        self.pending_removes.clear();
        Ok(())
    }

    /// Opens a message. A commit is only staged: `accept` merges it, `refuse` drops it.
    pub fn process(&mut self, bytes: &[u8]) -> Result<Processed> {
        let group = self.active()?;
        let current = group.epoch().as_u64();
        let (message, header) = header::read(bytes, group.group_id())?;
        match header.content {
            Content::Commit if header.epoch != current => return Err(Code::WrongEpoch),
            Content::Commit if self.staged_commit.is_some() => return Err(Code::AlreadyStaged),
            Content::Application if header.epoch > current => return Err(Code::WrongEpoch),
            Content::Application if header.epoch + (PAST_EPOCHS as u64) < current => return Err(Code::TooOld),
            _ => {}
        }
        let Member { provider, group, .. } = self;
        let group = group.as_mut().ok_or(Code::NoGroup)?;
        let processed = group.process_message(provider, message).map_err(refusal::of_processing)?;
        if matches!(header.content, Content::Commit) {
            provider::after_commit(provider);
        }
        let Sender::Member(sender) = *processed.sender() else { return Err(Code::Validation) };
        let epoch = processed.epoch().as_u64();
        let authenticated_data = processed.aad().to_vec();
        match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(message) => {
                if epoch < current && self.dropped.contains(&sender.u32()) {
                    return Err(Code::RemovedSender);
                }
                let data = message.into_bytes();
                Ok(Processed::Application { sender: sender.u32(), epoch, authenticated_data, data })
            }
            ProcessedMessageContent::StagedCommitMessage(commit) => {
                if !keeps_its_name(group, sender, &commit) {
                    return Err(Code::Validation);
                }
                let facts = facts_of(&commit, provider)?;
                self.staged_commit = Some((*commit, facts.removes.clone()));
                Ok(Processed::Commit { sender: sender.u32(), epoch, authenticated_data, facts })
            }
            ProcessedMessageContent::OwnPrivateMessage | ProcessedMessageContent::OwnPendingCommit => {
                Err(Code::OwnMessage)
            }
            _ => Err(Code::UnexpectedContent),
        }
    }

    /// Merges the staged commit. Our own pending commit lost the epoch then, and must have been cleared.
    pub fn accept(&mut self) -> Result<()> {
        if self.staged_commit.is_none() {
            return Err(Code::NothingStaged);
        }
        if self.has_pending() {
            return Err(Code::PendingCommit);
        }
        let Member { provider, group, staged_commit, .. } = self;
        let group = group.as_mut().ok_or(Code::NoGroup)?;
        let (commit, removes) = staged_commit.take().ok_or(Code::NothingStaged)?;
        group.merge_staged_commit(provider, commit).map_err(|_| Code::Bug)?;
        self.dropped = removes;
        Ok(())
    }

    /// Drops the staged commit. Its sender's key for it is spent: the same bytes do not open again.
    pub fn refuse(&mut self) -> Result<()> {
        self.staged_commit.take().map(drop).ok_or(Code::NothingStaged)
    }

    /// Opens a Welcome of ours. Everything that can be checked is checked before, because a failure inside spends
    /// the key package (E1).
    pub fn join(&mut self, welcome: &[u8], tree: &[u8]) -> Result<Joined> {
        self.without_group()?;
        let reference = welcome::recipient(welcome)?;
        if self.spent.contains(&reference) {
            return Err(Code::KeyPackageSpent);
        }
        let at = self.fresh.iter().position(|own| *own == reference).ok_or(Code::NoKeyPackage)?;
        let message = MlsMessageIn::tls_deserialize_exact(welcome).map_err(|_| Code::Malformed)?;
        let MlsMessageBodyIn::Welcome(message) = message.extract() else { return Err(Code::Malformed) };
        let tree = RatchetTreeIn::tls_deserialize_exact(tree).map_err(|_| Code::Malformed)?;
        self.spent.push(self.fresh.swap_remove(at));
        let staged = self.open(message, tree).ok_or(Code::KeyPackageSpent)?;
        let joined = self.joined_of(&staged).ok_or(Code::KeyPackageSpent)?;
        self.staged_join = Some(staged);
        Ok(joined)
    }

    fn open(&self, welcome: Welcome, tree: RatchetTreeIn) -> Option<StagedWelcome> {
        let config = MlsGroupJoinConfig::builder()
            .wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY)
            .use_ratchet_tree_extension(false)
            .max_past_epochs(PAST_EPOCHS)
            .number_of_resumption_psks(0)
            .padding_size(PADDING)
            .sender_ratchet_configuration(SenderRatchetConfiguration::new(OUT_OF_ORDER, FORWARD))
            .build();
        // Lifetimes in the tree are validated: that is OpenMLS' default, and `skip_lifetime_validation` is not called.
        StagedWelcome::build_from_welcome(&self.provider, &config, welcome).ok()?.with_ratchet_tree(tree).build().ok()
    }

    fn joined_of(&self, staged: &StagedWelcome) -> Option<Joined> {
        let context = staged.group_context();
        let roster = roster_of(staged.members()).ok()?;
        let own = staged.own_leaf_index().u32();
        let is_us = |leaf: &Leaf| leaf.index == own && leaf.identity == self.identity;
        let is_ours = context.ciphersuite() == SUITE && context.group_id().as_slice().len() == 16;
        (is_ours && roster.iter().any(is_us)).then_some(())?;
        Some(Joined {
            group_id: context.group_id().as_slice().to_vec(),
            epoch: context.epoch().as_u64(),
            policy: policy_of(context.extensions())?,
            roster,
            own,
            adder: staged.welcome_sender_index().u32(),
        })
    }

    pub fn accept_join(&mut self) -> Result<()> {
        let staged = self.staged_join.take().ok_or(Code::NothingStaged)?;
        self.group = Some(staged.into_group(&self.provider).map_err(|_| Code::Bug)?);
        Ok(())
    }

    pub fn refuse_join(&mut self) -> Result<()> {
        self.staged_join.take().map(drop).ok_or(Code::NothingStaged)
    }

    pub fn encrypt(&mut self, data: &[u8], authenticated_data: &[u8]) -> Result<Vec<u8>> {
        self.active()?;
        let Member { provider, signer, group, .. } = self;
        let group = group.as_mut().ok_or(Code::NoGroup)?;
        group.set_aad(authenticated_data.to_vec());
        let message = group.create_message(provider, signer, data).map_err(|_| Code::Bug)?;
        message.to_bytes().map_err(|_| Code::Bug)
    }

    pub fn export(&self, label: &str, context: &[u8], length: usize) -> Result<Vec<u8>> {
        if length == 0 || length > 1024 {
            return Err(Code::InvalidArgument);
        }
        self.active()?.export_secret(self.provider.crypto(), label, context, length).map_err(|_| Code::Bug)
    }

    pub fn epoch(&self) -> Result<u64> {
        Ok(self.active()?.epoch().as_u64())
    }
    pub fn own_leaf(&self) -> Result<u32> {
        Ok(self.active()?.own_leaf_index().u32())
    }
    pub fn roster(&self) -> Result<Vec<Leaf>> {
        roster_of(self.active()?.members())
    }
    pub fn epoch_authenticator(&self) -> Result<Vec<u8>> {
        Ok(self.active()?.epoch_authenticator().as_slice().to_vec())
    }
    pub fn transcript(&self) -> Result<Vec<u8>> {
        Ok(self.active()?.public_group().group_context().confirmed_transcript_hash().to_vec())
    }
    pub fn tree_hash(&self) -> Result<Vec<u8>> {
        Ok(self.active()?.public_group().group_context().tree_hash().to_vec())
    }
    pub fn group_id(&self) -> Result<Vec<u8>> {
        Ok(self.active()?.group_id().as_slice().to_vec())
    }
    pub fn policy(&self) -> Result<Vec<u8>> {
        Ok(self.active()?.extensions().unknown(POLICY).ok_or(Code::Bug)?.0.clone())
    }
    pub fn tree(&self) -> Result<Vec<u8>> {
        self.active()?.export_ratchet_tree().tls_serialize_detached().map_err(|_| Code::Bug)
    }

    /// Forgets the last epoch's message keys: nothing of it opens any more.
    pub fn forget_past(&mut self) -> Result<()> {
        self.active()?;
        let Member { provider, group, .. } = self;
        let group = group.as_mut().ok_or(Code::NoGroup)?;
        group.delete_past_epoch_secrets(provider, PastEpochDeletion::delete_all()).map_err(|_| Code::Bug)
    }

    fn active(&self) -> Result<&MlsGroup> {
        let group = self.group.as_ref().ok_or(Code::NoGroup)?;
        if group.is_active() { Ok(group) } else { Err(Code::Removed) }
    }

    fn without_group(&self) -> Result<()> {
        match (&self.group, &self.staged_join) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Code::AlreadyStaged),
            _ => Err(Code::AlreadyInGroup),
        }
    }

    fn credential(&self) -> CredentialWithKey {
        CredentialWithKey {
            credential: BasicCredential::new(self.identity.clone()).into(),
            signature_key: self.signer.public().into(),
        }
    }

    fn psk_id(&self, id: &[u8]) -> Result<PreSharedKeyId> {
        let psk = Psk::External(ExternalPsk::new(id.to_vec()));
        PreSharedKeyId::new(SUITE, self.provider.rand(), psk).map_err(|_| Code::Bug)
    }
}

/// What a leaf says it can do: one version, one suite, our one extension, basic credentials, nothing else.
fn capabilities() -> Capabilities {
    Capabilities::new(
        Some(&[ProtocolVersion::Mls10]),
        Some(&[SUITE]),
        Some(&[ExtensionType::Unknown(POLICY)]),
        Some(&[]),
        Some(&[CredentialType::Basic]),
    )
}

/// D10, D34: identity and signature key were certified for one join, so no path may replace them.
fn keeps_its_name(group: &MlsGroup, sender: LeafNodeIndex, commit: &StagedCommit) -> bool {
    match (commit.update_path_leaf_node(), group.public_group().leaf(sender)) {
        (Some(new), Some(old)) => new.credential() == old.credential() && new.signature_key() == old.signature_key(),
        (None, Some(_)) => true,
        _ => false,
    }
}

fn tree_after(group: &MlsGroup, provider: &Provider) -> Result<Vec<u8>> {
    let pending = group.pending_commit().ok_or(Code::Bug)?;
    let tree = pending.export_ratchet_tree(provider.crypto(), group.export_ratchet_tree()).map_err(|_| Code::Bug)?;
    tree.ok_or(Code::Bug)?.tls_serialize_detached().map_err(|_| Code::Bug)
}

fn now() -> u64 {
    #[cfg(target_arch = "wasm32")]
    return (js_sys::Date::now() / 1000.0) as u64;
    #[cfg(not(target_arch = "wasm32"))]
    return std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
}
