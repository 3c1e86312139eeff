//! Members that break the rules with OpenMLS in hand: what they send is refused, or reported for the caller to refuse.
//! They use OpenMLS' own crypto provider, so every test here also shows that ours computes the same.

use ed25519_dalek::{Signer as _, SigningKey};
use engine::{
    code::Code,
    facts::{CommitFacts, Processed},
    member::{Change, Member},
    POLICY, SUITE,
};
use openmls::prelude::{tls_codec::*, *};
use openmls::schedule::{ExternalPsk, PreSharedKeyId, Psk};
use openmls_rust_crypto::OpenMlsRustCrypto;
use openmls_traits::signatures::{Signer, SignerError};

const PSK: &[u8] = b"psk";
const GROUP: [u8; 16] = [9; 16];

struct Key(SigningKey);

impl Signer for Key {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Ok(self.0.sign(payload).to_bytes().to_vec())
    }
    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

fn person(number: u8) -> Member {
    let mut member = Member::new(&[number; 16], now(), 3_600).unwrap();
    member.store_psk(PSK, &[7; 32]).unwrap();
    member
}

fn change(adds: Vec<Vec<u8>>, removes: Vec<u32>) -> Change<'static> {
    let psk = (!adds.is_empty()).then(|| PSK.to_vec());
    Change { adds, removes, psk, policy: None, authenticated_data: &[] }
}

#[derive(Default)]
struct Attempt {
    proposals: Vec<Proposal>,
    adds: Vec<KeyPackage>,
    extensions: Option<Extensions<GroupContext>>,
    without_path: bool,
}

/// A member with stock OpenMLS and no rules.
struct Evil {
    provider: OpenMlsRustCrypto,
    key: Key,
    name: CredentialWithKey,
    group: Option<MlsGroup>,
}

impl Evil {
    fn new(number: u8) -> Evil {
        let key = Key(SigningKey::from_bytes(&[number; 32]));
        let name = name_of(&key, number);
        let provider = OpenMlsRustCrypto::default();
        psk_id(&provider).store(&provider, &[7; 32]).unwrap();
        Evil { provider, key, name, group: None }
    }

    fn key_package(&self) -> Vec<u8> {
        let bundle = KeyPackage::builder()
            .key_package_lifetime(Lifetime::init(now() - 60, now() + 3_600))
            .leaf_node_capabilities(capabilities())
            .build(SUITE, &self.provider, &self.key, self.name.clone())
            .unwrap();
        MlsMessageOut::from(bundle.into_key_package()).to_bytes().unwrap()
    }

    fn join(&mut self, welcome: &[u8], tree: &[u8]) {
        let MlsMessageBodyIn::Welcome(welcome) = MlsMessageIn::tls_deserialize_exact(welcome).unwrap().extract() else {
            panic!("no Welcome")
        };
        let tree = RatchetTreeIn::tls_deserialize_exact(tree).unwrap();
        let config = MlsGroupJoinConfig::builder().wire_format_policy(PURE_CIPHERTEXT_WIRE_FORMAT_POLICY).build();
        let staged = StagedWelcome::build_from_welcome(&self.provider, &config, welcome).unwrap();
        self.group = Some(staged.with_ratchet_tree(tree).build().unwrap().into_group(&self.provider).unwrap());
    }

    /// A commit of exactly this; nothing when OpenMLS would not make it.
    fn commit(&mut self, attempt: Attempt) -> Option<Vec<u8>> {
        let builder = self.group.as_mut().unwrap().commit_builder().force_self_update(!attempt.without_path);
        let mut builder = builder.propose_adds(attempt.adds).add_proposals(attempt.proposals);
        if let Some(extensions) = attempt.extensions {
            builder = builder.propose_group_context_extensions(extensions).ok()?;
        }
        let built = builder.load_psks(self.provider.storage()).ok()?;
        let built = built.build(self.provider.rand(), self.provider.crypto(), &self.key, |_| true).ok()?;
        Some(built.stage_commit(&self.provider).ok()?.into_commit().to_bytes().unwrap())
    }
}

fn name_of(key: &Key, number: u8) -> CredentialWithKey {
    let signature_key = key.0.verifying_key().to_bytes().to_vec().into();
    CredentialWithKey { credential: BasicCredential::new(vec![number; 16]).into(), signature_key }
}

fn capabilities() -> Capabilities {
    Capabilities::new(None, Some(&[SUITE]), Some(&[ExtensionType::Unknown(POLICY)]), None, None)
}

fn psk_id(provider: &OpenMlsRustCrypto) -> PreSharedKeyId {
    PreSharedKeyId::new(SUITE, provider.rand(), Psk::External(ExternalPsk::new(PSK.to_vec()))).unwrap()
}

/// Ours at leaf 0, an evil one at leaf 1, one more of ours at leaf 2.
fn meeting() -> (Member, Evil) {
    let (mut first, mut evil, mut third) = (person(1), Evil::new(2), person(3));
    first.create(&GROUP, b"policy").unwrap();
    let made = first.commit(change(vec![evil.key_package(), third.key_package().unwrap()], vec![])).unwrap();
    first.merge_commit().unwrap();
    evil.join(&made.welcomes[0], &made.tree.unwrap());
    (first, evil)
}

fn facts(processed: Processed) -> CommitFacts {
    match processed {
        Processed::Commit { facts, .. } => facts,
        Processed::Application { .. } => panic!("a message"),
    }
}

fn code<T>(result: Result<T, Code>) -> Option<Code> {
    result.err()
}

#[test]
fn d32_our_cryptography_and_the_stock_one_make_one_group() {
    let (mut first, mut evil) = meeting();
    for round in 0..4 {
        let commit = evil.commit(Attempt::default()).unwrap();
        facts(first.process(&commit).unwrap());
        first.accept().unwrap();
        evil.group.as_mut().unwrap().merge_pending_commit(&evil.provider).unwrap();
        let made = first.commit(change(vec![person(10 + round).key_package().unwrap()], vec![])).unwrap();
        first.merge_commit().unwrap();
        let message = MlsMessageIn::tls_deserialize_exact(&made.commit).unwrap().try_into_protocol_message().unwrap();
        let group = evil.group.as_mut().unwrap();
        let ProcessedMessageContent::StagedCommitMessage(staged) =
            group.process_message(&evil.provider, message).unwrap().into_content()
        else {
            panic!("no commit")
        };
        group.merge_staged_commit(&evil.provider, *staged).unwrap();
        let theirs = group.export_secret(evil.provider.crypto(), "test", &[], 32).unwrap();
        assert_eq!(first.export("test", &[], 32).unwrap(), theirs);
        assert_eq!(first.epoch_authenticator().unwrap(), group.epoch_authenticator().as_slice());
    }
}

#[test]
fn a1_13_every_other_proposal_is_refused_or_reported() {
    // psktype resumption, usage application, group id, epoch 1, nonce.
    let resumption = [&[2, 1, 16][..], &GROUP, &[0, 0, 0, 0, 0, 0, 0, 1, 48], &[5; 48]].concat();
    let resumption = PreSharedKeyId::tls_deserialize_exact(&resumption).unwrap();
    // group id, version, suite, no extensions.
    let reinit = [&[16][..], &GROUP, &[0, 1, 0, 0x4e, 0]].concat();
    let reinit = ReInitProposal::tls_deserialize_exact(&reinit).unwrap();
    let required = RequiredCapabilitiesExtension::new(&[ExtensionType::Unknown(POLICY)], &[], &[CredentialType::Basic]);
    let policy = Extension::Unknown(POLICY, UnknownExtension(b"x".to_vec()));
    let senders = Extension::ExternalSenders(ExternalSendersExtension::default());
    let changes: Vec<Vec<Extension>> = vec![
        vec![],
        vec![policy.clone()],
        vec![Extension::RequiredCapabilities(required.clone())],
        vec![Extension::RequiredCapabilities(required.clone()), policy.clone(), senders],
        vec![policy, Extension::RequiredCapabilities(required)],
    ];
    let proposals = [
        Proposal::PreSharedKey(Box::new(PreSharedKeyProposal::new(resumption))),
        Proposal::ReInit(Box::new(reinit)),
        Proposal::Custom(Box::new(CustomProposal::new(0xf123, vec![1, 2, 3]))),
        Proposal::SelfRemove,
    ];
    let proposed = proposals.map(|proposal| (format!("{proposal:?}"), Attempt { proposals: vec![proposal], ..Attempt::default() }));
    let changed = changes.into_iter().filter_map(|list| {
        let extensions = Extensions::from_vec(list).ok()?;
        Some((format!("{extensions:?}"), Attempt { extensions: Some(extensions), ..Attempt::default() }))
    });
    let mut seen = 0;
    for (name, attempt) in proposed.into_iter().chain(changed) {
        let (mut first, mut evil) = meeting();
        let Some(commit) = evil.commit(attempt) else {
            println!("not even made: {name}");
            continue;
        };
        seen += 1;
        match first.process(&commit) {
            Err(code) => {
                println!("{code:?}: {name}");
                assert!(matches!(code, Code::Validation | Code::Decryption | Code::PskMissing), "{name}: {code:?}");
            }
            Ok(processed) => {
                println!("reported: {name}");
                // OpenMLS' own builder leaves a ReInit out of what it makes; its reader would count it.
                assert_eq!(facts(processed).other, u32::from(!name.starts_with("ReInit")), "{name}");
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn d8_41_a_proposal_on_its_own_is_refused_and_a_commit_that_refers_to_it_too() {
    let (mut first, mut evil) = meeting();
    let group = evil.group.as_mut().unwrap();
    let (proposal, _) = group.propose_remove_member(&evil.provider, &evil.key, LeafNodeIndex::new(2)).unwrap();
    assert_eq!(code(first.process(&proposal.to_bytes().unwrap())), Some(Code::UnexpectedContent));
    let (commit, _, _) = group.commit_to_pending_proposals(&evil.provider, &evil.key).unwrap();
    assert_eq!(code(first.process(&commit.to_bytes().unwrap())), Some(Code::Validation));
}

#[test]
fn d12_a_commit_without_a_path_is_reported_so() {
    let (mut first, mut evil) = meeting();
    let key_package = MlsMessageIn::tls_deserialize_exact(person(4).key_package().unwrap()).unwrap();
    let MlsMessageBodyIn::KeyPackage(key_package) = key_package.extract() else { panic!("no key package") };
    let key_package = key_package.validate(evil.provider.crypto(), ProtocolVersion::Mls10).unwrap();
    let psk = Proposal::PreSharedKey(Box::new(PreSharedKeyProposal::new(psk_id(&evil.provider))));
    let commit = evil.commit(Attempt { proposals: vec![psk], adds: vec![key_package], without_path: true, ..Attempt::default() }).unwrap();
    let facts = facts(first.process(&commit).unwrap());
    assert_eq!((facts.has_path, facts.adds.len(), facts.psks), (false, 1, vec![PSK.to_vec()]));
}

#[test]
fn d10_41_a_path_that_changes_its_senders_key_or_name_is_refused() {
    for (number, same_key) in [(2, false), (77, true)] {
        let (mut first, mut evil) = meeting();
        let key = if same_key { Key(SigningKey::from_bytes(&[2; 32])) } else { Key(SigningKey::from_bytes(&[55; 32])) };
        let bundle = NewSignerBundle { signer: &key, credential_with_key: name_of(&key, number) };
        let group = evil.group.as_mut().unwrap();
        let built = group.commit_builder().load_psks(evil.provider.storage()).unwrap();
        let built =
            built.build_with_new_signer(evil.provider.rand(), evil.provider.crypto(), &evil.key, bundle, |_| true).unwrap();
        let commit = built.stage_commit(&evil.provider).unwrap().into_commit().to_bytes().unwrap();
        assert_eq!(code(first.process(&commit)), Some(Code::Validation));
    }
}

#[test]
fn e6_an_external_commit_that_removes_another_is_refused_before_openmls_sees_it() {
    let (mut first, evil) = meeting();
    let group = evil.group.as_ref().unwrap();
    let info = group.export_group_info(evil.provider.crypto(), &evil.key, true).unwrap().to_bytes().unwrap();
    let info = MlsMessageIn::tls_deserialize_exact(info).unwrap();
    let MlsMessageBodyIn::GroupInfo(info) = info.extract() else { panic!("no group info") };
    // The credential of leaf 2 with a key of the outsider's own.
    let outsider = Evil::new(3);
    let leaf = LeafNodeParameters::builder().with_capabilities(capabilities()).build();
    let (_, bundle) = MlsGroup::external_commit_builder()
        .build_group(&outsider.provider, info, outsider.name.clone())
        .unwrap()
        .leaf_node_parameters(leaf)
        .load_psks(outsider.provider.storage())
        .unwrap()
        .build(outsider.provider.rand(), outsider.provider.crypto(), &outsider.key, |_| true)
        .unwrap()
        .finalize(&outsider.provider)
        .unwrap();
    let commit = bundle.into_commit().to_bytes().unwrap();
    assert_eq!(&commit[..4], &[0, 1, 0, 1]);
    assert_eq!(code(first.process(&commit)), Some(Code::NotPrivate));
    assert_eq!(first.epoch().unwrap(), 1);
}

#[test]
fn a1_03_key_packages_with_more_than_ours_are_refused() {
    let (mut first, evil) = meeting();
    let build = |capabilities: Capabilities, last_resort: bool, life: u64| {
        let mut builder = KeyPackage::builder()
            .key_package_lifetime(Lifetime::init(now() - 60, now() + life))
            .leaf_node_capabilities(capabilities);
        if last_resort {
            builder = builder.mark_as_last_resort();
        }
        let other = Evil::new(40);
        let bundle = builder.build(SUITE, &other.provider, &other.key, other.name.clone()).unwrap();
        MlsMessageOut::from(bundle.into_key_package()).to_bytes().unwrap()
    };
    drop(evil);
    let resort = Capabilities::new(
        None,
        Some(&[SUITE]),
        Some(&[ExtensionType::Unknown(POLICY), ExtensionType::LastResort]),
        None,
        None,
    );
    for bytes in [build(resort, true, 600), build(capabilities(), false, 86_400), build(Capabilities::default(), false, 600)] {
        assert_eq!(code(first.read_key_package(&bytes, now())), Some(Code::KeyPackageInvalid));
        assert_eq!(code(first.commit(change(vec![bytes], vec![]))), Some(Code::KeyPackageInvalid));
    }
}

/// An evil committer adds what we would not: seen when its commit arrives.
#[test]
fn a1_03_a_commit_that_adds_a_bad_key_package_is_refused() {
    let (mut first, mut evil) = meeting();
    let other = Evil::new(41);
    let bundle = KeyPackage::builder()
        .key_package_lifetime(Lifetime::init(now() - 60, now() + 40 * 86_400))
        .leaf_node_capabilities(capabilities())
        .build(SUITE, &other.provider, &other.key, other.name.clone())
        .unwrap();
    let commit = evil.commit(Attempt { adds: vec![bundle.into_key_package()], ..Attempt::default() }).unwrap();
    assert_eq!(code(first.process(&commit)), Some(Code::KeyPackageInvalid));
    assert_eq!(code(first.accept()), Some(Code::NothingStaged));
}

#[test]
fn d17_14_an_endorsement_is_nothing_that_mls_would_read() {
    let member = person(1);
    let key = ed25519_dalek::VerifyingKey::from_bytes(&member.signature_key().try_into().unwrap()).unwrap();
    let statement = [5u8; 120];
    let signature = ed25519_dalek::Signature::from_slice(&member.endorse(&statement).unwrap()).unwrap();
    let signed = [b"Conclave 1 device\0".as_slice(), &statement].concat();
    assert!(key.verify_strict(&signed, &signature).is_ok());
    assert!(key.verify_strict(&statement, &signature).is_err());
    // Whatever the statement: read as a SignContent, the label would have 879 bytes. MLS' labels are short.
    assert_eq!(u16::from_be_bytes([signed[0], signed[1]]) & 0x3fff, 879);
    for bad in [vec![], vec![0; 1025]] {
        assert_eq!(code(member.endorse(&bad)), Some(Code::InvalidArgument));
    }
}
