//! Our cryptography of suite 0x004E beside OpenMLS' provider: equal where both are determined, and each opens the other's.

use engine::{crypto::SuiteCrypto, SUITE};
use openmls_rust_crypto::OpenMlsRustCrypto;
use openmls_traits::{
    crypto::OpenMlsCrypto,
    random::OpenMlsRand,
    types::{AeadType, Ciphersuite, CryptoError, HashType, SignatureScheme},
    OpenMlsProvider,
};

const ROUNDS: usize = 40;

fn both() -> (SuiteCrypto, OpenMlsRustCrypto) {
    (SuiteCrypto::default(), OpenMlsRustCrypto::default())
}

#[test]
fn d32_42_key_pairs_are_derived_alike() {
    let (ours, stock) = both();
    for length in 0..ROUNDS {
        let input = ours.random_vec(length).unwrap();
        let (a, b) = (
            ours.derive_hpke_keypair(SUITE.hpke_config(), &input).unwrap(),
            stock.crypto().derive_hpke_keypair(SUITE.hpke_config(), &input).unwrap(),
        );
        assert_eq!((&*a.private, a.public), (&*b.private, b.public));
    }
}

#[test]
fn d32_42_each_opens_what_the_other_sealed_and_nothing_that_was_altered() {
    let (ours, stock) = both();
    let pair = ours.derive_hpke_keypair(SUITE.hpke_config(), &[1; 48]).unwrap();
    for length in 0..ROUNDS {
        let plain = ours.random_vec(length).unwrap();
        let mine = ours.hpke_seal(SUITE.hpke_config(), &pair.public, b"info", b"aad", &plain).unwrap();
        let theirs = stock.crypto().hpke_seal(SUITE.hpke_config(), &pair.public, b"info", b"aad", &plain).unwrap();
        assert_eq!(stock.crypto().hpke_open(SUITE.hpke_config(), &mine, &pair.private, b"info", b"aad").unwrap(), plain);
        assert_eq!(ours.hpke_open(SUITE.hpke_config(), &theirs, &pair.private, b"info", b"aad").unwrap(), plain);
        assert!(ours.hpke_open(SUITE.hpke_config(), &theirs, &pair.private, b"other", b"aad").is_err());
        assert!(ours.hpke_open(SUITE.hpke_config(), &theirs, &pair.private, b"info", b"other").is_err());
        let mut altered = mine.clone();
        let mut bytes = altered.kem_output.as_slice().to_vec();
        bytes[length] ^= 1;
        altered.kem_output = bytes.into();
        assert!(ours.hpke_open(SUITE.hpke_config(), &altered, &pair.private, b"info", b"aad").is_err());
    }
}

#[test]
fn d32_42_exports_agree() {
    let (ours, stock) = both();
    let pair = ours.derive_hpke_keypair(SUITE.hpke_config(), &[2; 48]).unwrap();
    for length in 1..ROUNDS {
        let (sent, mine) =
            ours.hpke_setup_sender_and_export(SUITE.hpke_config(), &pair.public, b"i", b"c", length).unwrap();
        let theirs = stock
            .crypto()
            .hpke_setup_receiver_and_export(SUITE.hpke_config(), &sent, &pair.private, b"i", b"c", length)
            .unwrap();
        assert_eq!(&*mine, &*theirs);
    }
}

#[test]
fn d32_hashes_macs_signatures_and_aead_agree() {
    let (ours, stock) = both();
    let theirs = stock.crypto();
    for length in 0..ROUNDS {
        let data = ours.random_vec(length * 7).unwrap();
        let key = ours.random_vec(48).unwrap();
        let hash = HashType::Sha2_384;
        assert_eq!(ours.hash(hash, &data).unwrap(), theirs.hash(hash, &data).unwrap());
        assert_eq!(ours.hmac(hash, &key, &data).unwrap().as_slice(), theirs.hmac(hash, &key, &data).unwrap().as_slice());
        let (a, b) = (ours.hkdf_extract(hash, &key, &data).unwrap(), theirs.hkdf_extract(hash, &key, &data).unwrap());
        assert_eq!(a.as_slice(), b.as_slice());
        let (a, b) = (ours.hkdf_expand(hash, &key, &data, 100).unwrap(), theirs.hkdf_expand(hash, &key, &data, 100).unwrap());
        assert_eq!(a.as_slice(), b.as_slice());
        let sealed = ours.aead_encrypt(AeadType::Aes256Gcm, &key[..32], &data, &key[..12], b"aad").unwrap();
        assert_eq!(theirs.aead_decrypt(AeadType::Aes256Gcm, &key[..32], &sealed, &key[..12], b"aad").unwrap(), data);
        let (secret, public) = ours.signature_key_gen(SignatureScheme::ED25519).unwrap();
        let signature = ours.sign(SignatureScheme::ED25519, &data, &secret).unwrap();
        theirs.verify_signature(SignatureScheme::ED25519, &data, &public, &signature).unwrap();
        ours.verify_signature(SignatureScheme::ED25519, &data, &public, &signature).unwrap();
    }
}

#[test]
fn a1_12_tags_and_signatures_of_every_other_length_are_refused() {
    let (ours, _) = both();
    let sealed = ours.aead_encrypt(AeadType::Aes256Gcm, &[1; 32], b"", &[2; 12], b"").unwrap();
    assert_eq!(sealed.len(), 16);
    let (secret, public) = ours.signature_key_gen(SignatureScheme::ED25519).unwrap();
    let signature = ours.sign(SignatureScheme::ED25519, b"data", &secret).unwrap();
    let longer = |bytes: &[u8]| [bytes, &[0]].concat();
    for length in 0..16 {
        assert!(ours.aead_decrypt(AeadType::Aes256Gcm, &[1; 32], &sealed[..length], &[2; 12], b"").is_err());
    }
    assert!(ours.aead_decrypt(AeadType::Aes256Gcm, &[1; 32], &longer(&sealed), &[2; 12], b"").is_err());
    for length in 0..64 {
        assert!(ours.verify_signature(SignatureScheme::ED25519, b"data", &public, &signature[..length]).is_err());
    }
    assert!(ours.verify_signature(SignatureScheme::ED25519, b"data", &public, &longer(&signature)).is_err());
}

#[test]
fn d32_43_a_key_of_small_order_verifies_nothing() {
    let (ours, _) = both();
    // The key of order one and an all-zero signature verify anything where a library is not strict.
    let mut one = [0u8; 32];
    one[0] = 1;
    let mut zero = [0u8; 64];
    zero[0] = 1;
    assert!(ours.verify_signature(SignatureScheme::ED25519, b"data", &one, &zero).is_err());
}

#[test]
fn d32_every_other_suite_and_algorithm_is_an_error() {
    let (ours, _) = both();
    assert_eq!(ours.supported_ciphersuites(), vec![SUITE]);
    for number in 1..=0x60u16 {
        if let Ok(suite) = Ciphersuite::try_from(number) {
            assert_eq!(ours.supports(suite).is_ok(), suite == SUITE);
        }
    }
    assert!(matches!(ours.hash(HashType::Sha2_256, b""), Err(CryptoError::UnsupportedHashAlgorithm)));
    assert!(ours.aead_encrypt(AeadType::Aes128Gcm, &[1; 16], b"", &[2; 12], b"").is_err());
    assert!(ours.signature_key_gen(SignatureScheme::ECDSA_SECP256R1_SHA256).is_err());
    let other = Ciphersuite::MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519.hpke_config();
    assert!(ours.derive_hpke_keypair(other, &[1; 32]).is_err());
}
