//! The cryptography of suite 0x004E, and nothing else: what OpenMLS asks for beyond it is an error (D32).

use crate::{hash_memo::HashMemo, hpke, SUITE};
use aes_gcm::{
    aead::{Aead, Payload},
    Aes256Gcm, KeyInit as _,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use openmls::prelude::tls_codec::SecretVLBytes;
use openmls_traits::{
    crypto::OpenMlsCrypto,
    random::OpenMlsRand,
    types::{
        AeadType, Ciphersuite, CryptoError, ExporterSecret, HashType, HpkeAeadType, HpkeCiphertext, HpkeConfig,
        HpkeKdfType, HpkeKemType, HpkeKeyPair, KemOutput, SignatureScheme,
    },
};
use sha2::{Digest as _, Sha384};
use zeroize::Zeroizing;

type Outcome<T> = Result<T, CryptoError>;

#[derive(Default)]
pub struct SuiteCrypto {
    hashes: HashMemo,
}

impl SuiteCrypto {
    /// Hashes nobody asked for since the last call are forgotten.
    pub fn forget_old_hashes(&self) {
        self.hashes.turn();
    }
}

pub fn extract(salt: &[u8], input: &[u8]) -> Zeroizing<Vec<u8>> {
    let (mut secret, _) = Hkdf::<Sha384>::extract(Some(salt), input);
    let copy = Zeroizing::new(secret.to_vec());
    zeroize::Zeroize::zeroize(secret.as_mut_slice());
    copy
}

pub fn expand(secret: &[u8], info: &[u8], length: usize) -> Outcome<Zeroizing<Vec<u8>>> {
    let hkdf = Hkdf::<Sha384>::from_prk(secret).map_err(|_| CryptoError::HkdfOutputLengthInvalid)?;
    let mut out = Zeroizing::new(vec![0u8; length]);
    hkdf.expand(info, &mut out).map_err(|_| CryptoError::HkdfOutputLengthInvalid)?;
    Ok(out)
}

pub fn seal(key: &[u8], nonce: &[u8], aad: &[u8], plain: &[u8]) -> Outcome<Vec<u8>> {
    let (cipher, nonce) = cipher(key, nonce)?;
    cipher.encrypt(&nonce.into(), Payload { msg: plain, aad }).map_err(|_| CryptoError::CryptoLibraryError)
}

pub fn open(key: &[u8], nonce: &[u8], aad: &[u8], sealed: &[u8]) -> Outcome<Vec<u8>> {
    let (cipher, nonce) = cipher(key, nonce)?;
    cipher.decrypt(&nonce.into(), Payload { msg: sealed, aad }).map_err(|_| CryptoError::AeadDecryptionError)
}

fn cipher(key: &[u8], nonce: &[u8]) -> Outcome<(Aes256Gcm, [u8; 12])> {
    let cipher = Aes256Gcm::new_from_slice(key).map_err(|_| CryptoError::InvalidLength)?;
    Ok((cipher, nonce.try_into().map_err(|_| CryptoError::InvalidLength)?))
}

fn secret(bytes: &Zeroizing<Vec<u8>>) -> SecretVLBytes {
    bytes.as_slice().into()
}

fn sha384_only(hash: HashType) -> Outcome<()> {
    if hash == HashType::Sha2_384 { Ok(()) } else { Err(CryptoError::UnsupportedHashAlgorithm) }
}

fn aes256_only(aead: AeadType) -> Outcome<()> {
    if aead == AeadType::Aes256Gcm { Ok(()) } else { Err(CryptoError::UnsupportedAeadAlgorithm) }
}

fn ed25519_only(scheme: SignatureScheme) -> Outcome<()> {
    if scheme == SignatureScheme::ED25519 { Ok(()) } else { Err(CryptoError::UnsupportedSignatureScheme) }
}

fn our_hpke_only(config: &HpkeConfig) -> Outcome<()> {
    let is_ours = config.0 == HpkeKemType::XWingKemDraft6
        && config.1 == HpkeKdfType::HkdfSha384
        && config.2 == HpkeAeadType::AesGcm256;
    is_ours.then_some(()).ok_or(CryptoError::UnsupportedCiphersuite)
}

impl OpenMlsCrypto for SuiteCrypto {
    fn supports(&self, suite: Ciphersuite) -> Outcome<()> {
        (suite == SUITE).then_some(()).ok_or(CryptoError::UnsupportedCiphersuite)
    }

    fn supported_ciphersuites(&self) -> Vec<Ciphersuite> {
        vec![SUITE]
    }

    fn hkdf_extract(&self, hash: HashType, salt: &[u8], input: &[u8]) -> Outcome<SecretVLBytes> {
        sha384_only(hash)?;
        Ok(secret(&extract(salt, input)))
    }

    fn hmac(&self, hash: HashType, key: &[u8], message: &[u8]) -> Outcome<SecretVLBytes> {
        sha384_only(hash)?;
        let mut hmac = <Hmac<Sha384> as hmac::KeyInit>::new_from_slice(key).map_err(|_| CryptoError::InvalidLength)?;
        hmac.update(message);
        Ok(hmac.finalize().into_bytes().as_slice().into())
    }

    fn hkdf_expand(&self, hash: HashType, key: &[u8], info: &[u8], length: usize) -> Outcome<SecretVLBytes> {
        sha384_only(hash)?;
        Ok(secret(&expand(key, info, length)?))
    }

    fn hash(&self, hash: HashType, data: &[u8]) -> Outcome<Vec<u8>> {
        sha384_only(hash)?;
        Ok(self.hashes.hash(data, |data| Sha384::digest(data).into()).to_vec())
    }

    fn aead_encrypt(&self, aead: AeadType, key: &[u8], data: &[u8], nonce: &[u8], aad: &[u8]) -> Outcome<Vec<u8>> {
        aes256_only(aead)?;
        seal(key, nonce, aad, data)
    }

    fn aead_decrypt(&self, aead: AeadType, key: &[u8], sealed: &[u8], nonce: &[u8], aad: &[u8]) -> Outcome<Vec<u8>> {
        aes256_only(aead)?;
        open(key, nonce, aad, sealed)
    }

    fn signature_key_gen(&self, scheme: SignatureScheme) -> Outcome<(Vec<u8>, Vec<u8>)> {
        ed25519_only(scheme)?;
        let seed = Zeroizing::new(self.random_array::<32>().map_err(|_| CryptoError::InsufficientRandomness)?);
        let key = SigningKey::from_bytes(&seed);
        Ok((key.to_bytes().to_vec(), key.verifying_key().to_bytes().to_vec()))
    }

    fn verify_signature(&self, scheme: SignatureScheme, data: &[u8], key: &[u8], signature: &[u8]) -> Outcome<()> {
        ed25519_only(scheme)?;
        let key: &[u8; 32] = key.try_into().map_err(|_| CryptoError::InvalidLength)?;
        let signature: &[u8; 64] = signature.try_into().map_err(|_| CryptoError::InvalidLength)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| CryptoError::InvalidSignature)?;
        // Strict: no signature has a second form, no key of small order passes.
        key.verify_strict(data, &Signature::from_bytes(signature)).map_err(|_| CryptoError::InvalidSignature)
    }

    fn sign(&self, scheme: SignatureScheme, data: &[u8], key: &[u8]) -> Outcome<Vec<u8>> {
        ed25519_only(scheme)?;
        let seed: &[u8; 32] = key.try_into().map_err(|_| CryptoError::InvalidLength)?;
        Ok(SigningKey::from_bytes(seed).sign(data).to_bytes().to_vec())
    }

    fn hpke_seal(&self, config: HpkeConfig, key: &[u8], info: &[u8], aad: &[u8], plain: &[u8]) -> Outcome<HpkeCiphertext> {
        our_hpke_only(&config)?;
        let (kem_output, ciphertext) = hpke::seal_to(key, info, aad, plain)?;
        Ok(HpkeCiphertext { kem_output: kem_output.into(), ciphertext: ciphertext.into() })
    }

    fn hpke_open(&self, config: HpkeConfig, input: &HpkeCiphertext, key: &[u8], info: &[u8], aad: &[u8]) -> Outcome<Vec<u8>> {
        our_hpke_only(&config)?;
        hpke::open_with(key, input.kem_output.as_slice(), info, aad, input.ciphertext.as_slice())
    }

    fn hpke_setup_sender_and_export(
        &self,
        config: HpkeConfig,
        key: &[u8],
        info: &[u8],
        context: &[u8],
        length: usize,
    ) -> Outcome<(KemOutput, ExporterSecret)> {
        our_hpke_only(&config)?;
        let (kem_output, exported) = hpke::send_export(key, info, context, length)?;
        Ok((kem_output, exported.to_vec().into()))
    }

    fn hpke_setup_receiver_and_export(
        &self,
        config: HpkeConfig,
        kem_output: &[u8],
        key: &[u8],
        info: &[u8],
        context: &[u8],
        length: usize,
    ) -> Outcome<ExporterSecret> {
        our_hpke_only(&config)?;
        Ok(hpke::receive_export(key, kem_output, info, context, length)?.to_vec().into())
    }

    fn derive_hpke_keypair(&self, config: HpkeConfig, input: &[u8]) -> Outcome<HpkeKeyPair> {
        our_hpke_only(&config)?;
        let pair = hpke::derive_key_pair(input);
        Ok(HpkeKeyPair { private: pair.private.as_slice().into(), public: pair.public })
    }
}

/// The platform has no randomness to give.
#[derive(Debug)]
pub struct NoChance;

impl core::fmt::Display for NoChance {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("no randomness")
    }
}

impl std::error::Error for NoChance {}

impl OpenMlsRand for SuiteCrypto {
    type Error = NoChance;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], NoChance> {
        let mut bytes = [0u8; N];
        getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
        Ok(bytes)
    }

    fn random_vec(&self, length: usize) -> Result<Vec<u8>, NoChance> {
        let mut bytes = vec![0u8; length];
        getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
        Ok(bytes)
    }
}
