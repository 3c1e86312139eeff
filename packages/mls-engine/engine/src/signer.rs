//! The leaf signature key: made for one join, in this memory only, wiped when dropped (D10).

use crate::code::{Code, Result};
use ed25519_dalek::{Signer as _, SigningKey};
use openmls_traits::{
    signatures::{Signer, SignerError},
    types::SignatureScheme,
};
use zeroize::Zeroizing;

/// What every endorsement begins with.
const ENDORSEMENT: &[u8] = b"Conclave 1 device\0";

pub struct LeafSigner(SigningKey);

impl LeafSigner {
    pub fn fresh() -> Result<LeafSigner> {
        let mut seed = Zeroizing::new([0u8; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(|_| Code::Bug)?;
        Ok(LeafSigner(SigningKey::from_bytes(&seed)))
    }

    pub fn public(&self) -> Vec<u8> {
        self.0.verifying_key().to_bytes().to_vec()
    }

    /// The leaf's own word for a device (D17.14). The prefix keeps it apart from everything MLS signs with this key: a
    /// SignContent (RFC 9420 section 5.1.2) begins with the length of a label that begins with "MLS 1.0 ".
    pub fn endorse(&self, statement: &[u8]) -> Vec<u8> {
        self.0.sign(&[ENDORSEMENT, statement].concat()).to_bytes().to_vec()
    }
}

impl Signer for LeafSigner {
    fn sign(&self, payload: &[u8]) -> core::result::Result<Vec<u8>, SignerError> {
        Ok(self.0.sign(payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}
