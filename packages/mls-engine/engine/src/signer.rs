//! The leaf signature key: made for one join, in this memory only, wiped when dropped (D10).

use crate::code::{Code, Result};
use ed25519_dalek::{Signer as _, SigningKey};
use openmls_traits::{
    signatures::{Signer, SignerError},
    types::SignatureScheme,
};
use zeroize::Zeroizing;

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
}

impl Signer for LeafSigner {
    fn sign(&self, payload: &[u8]) -> core::result::Result<Vec<u8>, SignerError> {
        Ok(self.0.sign(payload).to_bytes().to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}
