//! OpenMLS 0.9.2 for one browser member: suite 0x004E only (D32), PrivateMessage only (D7), two steps for all that
//! changes state. Keys stay in this module's memory; what leaves it is public, or sealed, or an exported secret.

mod bindings;
pub mod code;
#[cfg(not(feature = "stock"))]
pub mod crypto;
pub mod facts;
mod header;
#[cfg(not(feature = "stock"))]
mod hash_memo;
#[cfg(not(feature = "stock"))]
pub mod hpke;
pub mod member;
mod provider;
mod refusal;
mod signer;
#[cfg(not(feature = "stock"))]
mod storage;
mod welcome;
mod wiping;

use openmls::prelude::Ciphersuite;

/// X-Wing, AES-256-GCM, HKDF-SHA384, Ed25519.
pub const SUITE: Ciphersuite = Ciphersuite::MLS_128_MLKEM768X25519_AES256GCM_SHA384_Ed25519;
/// Type of the group context extension that carries the signed policy (D4).
pub const POLICY: u16 = 0xF0C1;

/// Messages of the epoch before still open; of those before it nothing is kept.
pub const PAST_EPOCHS: usize = 1;
/// A message may come this many generations late.
pub const OUT_OF_ORDER: u32 = 50;
/// And this many early. More would let one forged header buy that many key derivations (A6.06).
pub const FORWARD: u32 = 200;
/// Plaintexts are padded to a multiple of this many bytes.
pub const PADDING: usize = 128;

/// Seconds a clock may be ahead of the joiner's: leaves are valid from this long before they were made.
pub const SKEW: u64 = 3_600;
/// Longest life of a key package in seconds, `SKEW` included.
pub const LONGEST_LIFE: u64 = 86_400;
