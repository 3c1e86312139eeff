//! Every way the engine says no. A code is all that leaves: never Debug text, which could carry data.

use wasm_bindgen::prelude::*;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why the engine would not. The text is stable: JavaScript sees it as `Error.message`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            pub const fn text(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// The bytes are not what they should be, or more of them.
    Malformed = "malformed",
    /// A handshake message that is not a PrivateMessage (D7).
    NotPrivate = "not-private",
    /// Another group's message.
    WrongGroup = "wrong-group",
    /// A commit of another epoch, or a message of an epoch to come.
    WrongEpoch = "wrong-epoch",
    /// Past the epochs or generations we keep.
    TooOld = "too-old",
    /// Further ahead in its sender's ratchet than we follow (A6.06).
    TooFar = "too-far",
    /// Opened before, or its key is gone.
    Duplicate = "duplicate",
    /// Does not open: wrong key, altered bytes.
    Decryption = "decryption",
    /// Opens, but breaks a rule of RFC 9420 or of ours.
    Validation = "validation",
    /// Our own message came back.
    OwnMessage = "own-message",
    /// Sent in the last epoch by a leaf removed since (A1.14).
    RemovedSender = "removed-sender",
    /// A proposal on its own, or what is not a commit and not an application message.
    UnexpectedContent = "unexpected-content",
    /// A commit of ours waits for the server's order: merge or clear it first.
    PendingCommit = "pending-commit",
    NoPendingCommit = "no-pending-commit",
    /// Something is staged: accept or refuse it first.
    AlreadyStaged = "already-staged",
    NothingStaged = "nothing-staged",
    NoGroup = "no-group",
    AlreadyInGroup = "already-in-group",
    /// We were removed; the group is gone for us.
    Removed = "removed",
    Wiped = "wiped",
    PskMissing = "psk-missing",
    KeyPackageInvalid = "key-package-invalid",
    /// This key package took part in a failed or finished join: make a new one.
    KeyPackageSpent = "key-package-spent",
    /// The Welcome is not for a key package of this member.
    NoKeyPackage = "no-key-package",
    UnknownLeaf = "unknown-leaf",
    /// Nobody commits its own removal.
    SelfRemove = "self-remove",
    /// An argument is out of its range.
    InvalidArgument = "invalid-argument",
    /// An invariant is broken: discard this worker.
    Bug = "bug",
}

pub type Result<T> = core::result::Result<T, Code>;

impl From<Code> for JsValue {
    fn from(code: Code) -> JsValue {
        js_sys::Error::new(code.text()).into()
    }
}
