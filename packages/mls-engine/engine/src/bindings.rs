//! The JavaScript face: plain objects out, typed arrays in, every failure an `Error` whose message is a code.

use crate::{
    code::{Code, Result},
    facts::{Joiner, Leaf, Processed},
    member::{self, Change},
    wiping,
};
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = r#"
/** One leaf of the group. */
export interface RosterLeaf {
  readonly leaf: number
  /** 16 raw bytes of the member's pseudonym. */
  readonly identity: Uint8Array
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array
}

/** Who a valid key package is for. */
export interface Joiner {
  readonly identity: Uint8Array
  readonly signatureKey: Uint8Array
  /** KeyPackageRef, RFC 9420 section 5.2. */
  readonly reference: Uint8Array
}

export interface CommitRequest {
  /** Key packages, each an MLSMessage. */
  readonly adds?: readonly Uint8Array[]
  /** Leaves. */
  readonly removes?: readonly number[]
  /** Id of a stored external PSK. */
  readonly psk?: Uint8Array | undefined
  /** A new policy; then nothing else (D8). */
  readonly policy?: Uint8Array | undefined
  readonly authenticatedData?: Uint8Array | undefined
}

export interface CommitMade {
  readonly commit: Uint8Array
  /** One Welcome for each of `adds`, in that order, each with only its own secrets. */
  readonly welcomes: readonly Uint8Array[]
  /** The ratchet tree after this commit, for those it adds; undefined when it adds nobody. */
  readonly tree: Uint8Array | undefined
}

export interface StagedCommit {
  readonly kind: "commit"
  /** The leaf whose signature was verified (D34). */
  readonly sender: number
  readonly epoch: number
  readonly authenticatedData: Uint8Array
  readonly adds: readonly Joiner[]
  readonly removes: readonly number[]
  /** Ids of external PSKs. */
  readonly psks: readonly Uint8Array[]
  /** The new policy, when the commit replaces that and nothing else of the group context. */
  readonly policy: Uint8Array | undefined
  /** How many proposals of any other type it carries. */
  readonly other: number
  readonly hasPath: boolean
  readonly selfRemoved: boolean
}

export interface ApplicationMessage {
  readonly kind: "application"
  /** The leaf whose signature was verified (D34), in `epoch`. */
  readonly sender: number
  readonly epoch: number
  readonly authenticatedData: Uint8Array
  readonly data: Uint8Array
}

export interface StagedJoin {
  readonly groupId: Uint8Array
  readonly epoch: number
  readonly policy: Uint8Array
  readonly roster: readonly RosterLeaf[]
  readonly ownLeaf: number
  /** The leaf that signed the group's state for us. */
  readonly adder: number
}
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "CommitRequest")]
    pub type CommitRequest;
    #[wasm_bindgen(method, getter, structural)]
    fn adds(this: &CommitRequest) -> Option<Vec<Uint8Array>>;
    #[wasm_bindgen(method, getter, structural)]
    fn removes(this: &CommitRequest) -> Option<Vec<u32>>;
    #[wasm_bindgen(method, getter, structural)]
    fn psk(this: &CommitRequest) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter, structural)]
    fn policy(this: &CommitRequest) -> Option<Vec<u8>>;
    #[wasm_bindgen(method, getter, structural, js_name = authenticatedData)]
    fn authenticated_data(this: &CommitRequest) -> Option<Vec<u8>>;
}

/// One member of one group for one join. Call `wipe` and `free` when done: memory here is not collected.
#[wasm_bindgen]
pub struct Member(Option<member::Member>);

#[wasm_bindgen]
impl Member {
    /// `identity` is 16 bytes. Makes a fresh leaf signature key. `lifetimeSeconds` is at most 23 hours.
    #[wasm_bindgen(constructor)]
    pub fn new(
        identity: &[u8],
        #[wasm_bindgen(js_name = nowSeconds)] now_seconds: f64,
        #[wasm_bindgen(js_name = lifetimeSeconds)] lifetime_seconds: f64,
    ) -> Result<Member> {
        let member = member::Member::new(identity, whole(now_seconds)?, whole(lifetime_seconds)?)?;
        Ok(Member(Some(member)))
    }

    /// Public Ed25519 key of the leaf, 32 bytes.
    #[wasm_bindgen(js_name = signatureKey)]
    pub fn signature_key(&self) -> Result<Vec<u8>> {
        self.read(|member| Ok(member.signature_key()))
    }

    /// Signs "Conclave 1 device\0" and then `statement` (1 to 1024 bytes) with the leaf's key; 64 bytes.
    pub fn endorse(&self, statement: &[u8]) -> Result<Vec<u8>> {
        self.read(|member| member.endorse(statement))
    }

    /// A new KeyPackage, as MLSMessage.
    #[wasm_bindgen(js_name = keyPackage)]
    pub fn key_package(&mut self) -> Result<Vec<u8>> {
        self.edit(|member| member.key_package())
    }

    /// Validates a KeyPackage of someone: signatures, suite, identity, lifetime, full consumption.
    #[wasm_bindgen(js_name = readKeyPackage, unchecked_return_type = "Joiner")]
    pub fn read_key_package(
        &self,
        bytes: &[u8],
        #[wasm_bindgen(js_name = nowSeconds)] now_seconds: f64,
    ) -> Result<Object> {
        let now = whole(now_seconds)?;
        self.read(|member| Ok(joiner(&member.read_key_package(bytes, now)?)))
    }

    /// Founds a group of one. `groupId` is 16 bytes; `policy` becomes the group context extension 0xF0C1.
    pub fn create(&mut self, #[wasm_bindgen(js_name = groupId)] group_id: &[u8], policy: &[u8]) -> Result<()> {
        self.edit(|member| member.create(group_id, policy))
    }

    /// Keeps the secret of an external PSK, at least 16 bytes.
    #[wasm_bindgen(js_name = storePsk)]
    pub fn store_psk(&mut self, id: &[u8], secret: &[u8]) -> Result<()> {
        self.edit(|member| member.store_psk(id, secret))
    }

    /// Builds a commit, always with a path, and leaves it pending.
    #[wasm_bindgen(unchecked_return_type = "CommitMade")]
    pub fn commit(&mut self, request: &CommitRequest) -> Result<Object> {
        let authenticated_data = request.authenticated_data().unwrap_or_default();
        let change = Change {
            adds: request.adds().unwrap_or_default().iter().map(Uint8Array::to_vec).collect(),
            removes: request.removes().unwrap_or_default(),
            psk: request.psk(),
            policy: request.policy(),
            authenticated_data: &authenticated_data,
        };
        let made = self.edit(|member| member.commit(change))?;
        Ok(object(&[
            ("commit", bytes(&made.commit)),
            ("welcomes", made.welcomes.iter().map(|welcome| bytes(welcome)).collect::<Array>().into()),
            ("tree", optional(&made.tree)),
        ]))
    }

    /// The server took our commit: it becomes the group's state.
    #[wasm_bindgen(js_name = mergeCommit)]
    pub fn merge_commit(&mut self) -> Result<()> {
        self.edit(|member| member.merge_commit())
    }

    /// The server took another one: ours is dropped.
    #[wasm_bindgen(js_name = clearCommit)]
    pub fn clear_commit(&mut self) -> Result<()> {
        self.edit(|member| member.clear_commit())
    }

    #[wasm_bindgen(js_name = hasPending)]
    pub fn has_pending(&self) -> Result<bool> {
        self.read(|member| Ok(member.has_pending()))
    }

    /// Opens a message. A commit is staged until `accept` or `refuse`.
    #[wasm_bindgen(unchecked_return_type = "StagedCommit | ApplicationMessage")]
    pub fn process(&mut self, message: &[u8]) -> Result<Object> {
        Ok(match self.edit(|member| member.process(message))? {
            Processed::Application { sender, epoch, authenticated_data, data } => object(&[
                ("kind", "application".into()),
                ("sender", sender.into()),
                ("epoch", (epoch as f64).into()),
                ("authenticatedData", bytes(&authenticated_data)),
                ("data", bytes(&data)),
            ]),
            Processed::Commit { sender, epoch, authenticated_data, facts } => object(&[
                ("kind", "commit".into()),
                ("sender", sender.into()),
                ("epoch", (epoch as f64).into()),
                ("authenticatedData", bytes(&authenticated_data)),
                ("adds", facts.adds.iter().map(joiner).collect::<Array>().into()),
                ("removes", facts.removes.iter().map(|leaf| JsValue::from(*leaf)).collect::<Array>().into()),
                ("psks", facts.psks.iter().map(|id| bytes(id)).collect::<Array>().into()),
                ("policy", optional(&facts.policy)),
                ("other", facts.other.into()),
                ("hasPath", facts.has_path.into()),
                ("selfRemoved", facts.self_removed.into()),
            ]),
        })
    }

    /// Merges the staged commit. `pending-commit` while one of ours waits: clear that first.
    pub fn accept(&mut self) -> Result<()> {
        self.edit(|member| member.accept())
    }

    /// Drops the staged commit.
    pub fn refuse(&mut self) -> Result<()> {
        self.edit(|member| member.refuse())
    }

    /// Opens a Welcome for a key package of this member; staged until `acceptJoin` or `refuseJoin`.
    /// `malformed` and `no-key-package` cost nothing; `key-package-spent` means: make a new key package.
    #[wasm_bindgen(unchecked_return_type = "StagedJoin")]
    pub fn join(&mut self, welcome: &[u8], tree: &[u8]) -> Result<Object> {
        let joined = self.edit(|member| member.join(welcome, tree))?;
        Ok(object(&[
            ("groupId", bytes(&joined.group_id)),
            ("epoch", (joined.epoch as f64).into()),
            ("policy", bytes(&joined.policy)),
            ("roster", roster(&joined.roster)),
            ("ownLeaf", joined.own.into()),
            ("adder", joined.adder.into()),
        ]))
    }

    #[wasm_bindgen(js_name = acceptJoin)]
    pub fn accept_join(&mut self) -> Result<()> {
        self.edit(|member| member.accept_join())
    }

    #[wasm_bindgen(js_name = refuseJoin)]
    pub fn refuse_join(&mut self) -> Result<()> {
        self.edit(|member| member.refuse_join())
    }

    /// Seals an application message. Allowed beside a pending commit.
    pub fn encrypt(
        &mut self,
        data: &[u8],
        #[wasm_bindgen(js_name = authenticatedData)] authenticated_data: &[u8],
    ) -> Result<Vec<u8>> {
        self.edit(|member| member.encrypt(data, authenticated_data))
    }

    /// MLS exporter (RFC 9420 section 8.5) of the current epoch; 1 to 1024 bytes.
    pub fn export(&self, label: &str, context: &[u8], length: usize) -> Result<Vec<u8>> {
        self.read(|member| member.export(label, context, length))
    }

    pub fn epoch(&self) -> Result<f64> {
        self.read(|member| Ok(member.epoch()? as f64))
    }

    #[wasm_bindgen(js_name = ownLeaf)]
    pub fn own_leaf(&self) -> Result<u32> {
        self.read(|member| member.own_leaf())
    }

    /// All leaves in order of their index.
    #[wasm_bindgen(unchecked_return_type = "RosterLeaf[]")]
    pub fn roster(&self) -> Result<JsValue> {
        self.read(|member| Ok(roster(&member.roster()?)))
    }

    #[wasm_bindgen(js_name = epochAuthenticator)]
    pub fn epoch_authenticator(&self) -> Result<Vec<u8>> {
        self.read(|member| member.epoch_authenticator())
    }

    /// Confirmed transcript hash.
    pub fn transcript(&self) -> Result<Vec<u8>> {
        self.read(|member| member.transcript())
    }

    #[wasm_bindgen(js_name = treeHash)]
    pub fn tree_hash(&self) -> Result<Vec<u8>> {
        self.read(|member| member.tree_hash())
    }

    #[wasm_bindgen(js_name = groupId)]
    pub fn group_id(&self) -> Result<Vec<u8>> {
        self.read(|member| member.group_id())
    }

    pub fn policy(&self) -> Result<Vec<u8>> {
        self.read(|member| member.policy())
    }

    /// The ratchet tree of the current epoch.
    pub fn tree(&self) -> Result<Vec<u8>> {
        self.read(|member| member.tree())
    }

    /// Forgets the message keys of the epoch before this one.
    #[wasm_bindgen(js_name = forgetPast)]
    pub fn forget_past(&mut self) -> Result<()> {
        self.edit(|member| member.forget_past())
    }

    /// Drops and overwrites every key and the group; everything after answers `wiped`.
    pub fn wipe(&mut self) {
        self.0 = None;
        wiping::stack();
    }

    fn read<T>(&self, act: impl FnOnce(&member::Member) -> Result<T>) -> Result<T> {
        let result = act(self.0.as_ref().ok_or(Code::Wiped)?);
        wiping::stack();
        result
    }

    fn edit<T>(&mut self, act: impl FnOnce(&mut member::Member) -> Result<T>) -> Result<T> {
        let result = act(self.0.as_mut().ok_or(Code::Wiped)?);
        wiping::stack();
        result
    }
}

/// All codes, for a test that compares them with the TypeScript union.
#[wasm_bindgen(js_name = engineCodes)]
pub fn engine_codes() -> Vec<String> {
    Code::ALL.iter().map(|code| code.text().to_string()).collect()
}

fn whole(seconds: f64) -> Result<u64> {
    let is_whole = seconds >= 0.0 && seconds <= 9_007_199_254_740_991.0 && seconds.fract() == 0.0;
    is_whole.then_some(seconds as u64).ok_or(Code::InvalidArgument)
}

fn bytes(value: &[u8]) -> JsValue {
    Uint8Array::from(value).into()
}

fn optional(value: &Option<Vec<u8>>) -> JsValue {
    value.as_deref().map_or(JsValue::UNDEFINED, bytes)
}

fn joiner(joiner: &Joiner) -> Object {
    object(&[
        ("identity", bytes(&joiner.identity)),
        ("signatureKey", bytes(&joiner.signature_key)),
        ("reference", bytes(&joiner.reference)),
    ])
}

fn roster(leaves: &[Leaf]) -> JsValue {
    let row = |leaf: &Leaf| {
        object(&[
            ("leaf", leaf.index.into()),
            ("identity", bytes(&leaf.identity)),
            ("signatureKey", bytes(&leaf.signature_key)),
        ])
    };
    leaves.iter().map(row).collect::<Array>().into()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a property of a fresh plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
