//! HPKE in base mode (RFC 9180) over X-Wing, HKDF-SHA384 and AES-256-GCM: the one HPKE of suite 0x004E.
//!
//! X-Wing is used as a KEM of its own (no ExtractAndExpand around it), and DeriveKeyPair takes its input as it is:
//! the private key is SHAKE256(input, 32).

use crate::crypto::{expand, extract, open, seal};
use openmls_traits::types::CryptoError;
use shake::{ExtendableOutput, Shake256, Update, XofReader};
use x_wing::{Decapsulate, Decapsulator, DecapsulationKey, EncapsulationKey, KeyExport};
use zeroize::{Zeroize, Zeroizing};

/// "HPKE" ‖ kem 0x647a ‖ kdf 0x0002 ‖ aead 0x0002.
const SUITE_ID: [u8; 10] = *b"HPKE\x64\x7a\x00\x02\x00\x02";
const VERSION: &[u8] = b"HPKE-v1";
const BASE_MODE: u8 = 0;
const HASH: usize = 48;

type Secret = Zeroizing<Vec<u8>>;

pub struct KeyPair {
    pub private: Secret,
    pub public: Vec<u8>,
}

pub fn derive_key_pair(input: &[u8]) -> KeyPair {
    let mut seed = Zeroizing::new([0u8; 32]);
    let mut shake = Shake256::default();
    shake.update(input);
    shake.finalize_xof().read(seed.as_mut_slice());
    let key = DecapsulationKey::from(*seed);
    KeyPair { private: Zeroizing::new(seed.to_vec()), public: key.encapsulation_key().to_bytes().to_vec() }
}

/// Gives (encapsulated key, ciphertext).
pub fn seal_to(public: &[u8], info: &[u8], aad: &[u8], plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>), CryptoError> {
    let (encapsulated, schedule) = send(public, info)?;
    let sealed = seal(&schedule.key()?, &schedule.nonce()?, aad, plain)?;
    Ok((encapsulated, sealed))
}

pub fn open_with(private: &[u8], encapsulated: &[u8], info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let schedule = receive(private, encapsulated, info)?;
    open(&schedule.key()?, &schedule.nonce()?, aad, sealed).map_err(|_| CryptoError::HpkeDecryptionError)
}

pub fn send_export(public: &[u8], info: &[u8], context: &[u8], length: usize) -> Result<(Vec<u8>, Secret), CryptoError> {
    let (encapsulated, schedule) = send(public, info)?;
    Ok((encapsulated, schedule.export(context, length)?))
}

pub fn receive_export(private: &[u8], encapsulated: &[u8], info: &[u8], context: &[u8], length: usize) -> Result<Secret, CryptoError> {
    receive(private, encapsulated, info)?.export(context, length)
}

fn send(public: &[u8], info: &[u8]) -> Result<(Vec<u8>, Schedule), CryptoError> {
    let key = EncapsulationKey::try_from(public).map_err(|_| CryptoError::InvalidPublicKey)?;
    let mut chance = [0u8; x_wing::ENCAPSULATION_RANDOMNESS_SIZE];
    getrandom::fill(&mut chance).map_err(|_| CryptoError::InsufficientRandomness)?;
    let mut chance = chance.into();
    let (encapsulated, mut shared) = key.encapsulate_deterministic(&chance);
    chance.zeroize();
    let schedule = Schedule::of(&shared, info)?;
    shared.zeroize();
    Ok((encapsulated.to_vec(), schedule))
}

fn receive(private: &[u8], encapsulated: &[u8], info: &[u8]) -> Result<Schedule, CryptoError> {
    let mut seed: [u8; 32] = private.try_into().map_err(|_| CryptoError::InvalidLength)?;
    let key = DecapsulationKey::from(seed);
    seed.zeroize();
    let encapsulated = encapsulated.try_into().map_err(|_| CryptoError::HpkeDecryptionError)?;
    let mut shared = key.decapsulate(encapsulated);
    let schedule = Schedule::of(&shared, info)?;
    shared.zeroize();
    Ok(schedule)
}

/// RFC 9180 section 5.1, base mode. One message for each encapsulation, so the sequence number is always 0.
struct Schedule {
    secret: Secret,
    context: Vec<u8>,
}

impl Schedule {
    fn of(shared: &[u8], info: &[u8]) -> Result<Schedule, CryptoError> {
        let mut context = vec![BASE_MODE];
        context.extend_from_slice(&labeled_extract(&[], b"psk_id_hash", &[])?);
        context.extend_from_slice(&labeled_extract(&[], b"info_hash", info)?);
        Ok(Schedule { secret: labeled_extract(shared, b"secret", &[])?, context })
    }

    fn key(&self) -> Result<Secret, CryptoError> {
        labeled_expand(&self.secret, b"key", &self.context, 32)
    }

    fn nonce(&self) -> Result<Secret, CryptoError> {
        labeled_expand(&self.secret, b"base_nonce", &self.context, 12)
    }

    fn export(&self, context: &[u8], length: usize) -> Result<Secret, CryptoError> {
        let exporter = labeled_expand(&self.secret, b"exp", &self.context, HASH)?;
        labeled_expand(&exporter, b"sec", context, length)
    }
}

fn labeled_extract(salt: &[u8], label: &[u8], input: &[u8]) -> Result<Secret, CryptoError> {
    let labeled = Zeroizing::new([VERSION, &SUITE_ID, label, input].concat());
    Ok(extract(salt, &labeled))
}

fn labeled_expand(secret: &[u8], label: &[u8], info: &[u8], length: usize) -> Result<Secret, CryptoError> {
    let size = u16::try_from(length).map_err(|_| CryptoError::HkdfOutputLengthInvalid)?.to_be_bytes();
    expand(secret, &[&size, VERSION, &SUITE_ID, label, info].concat(), length)
}
