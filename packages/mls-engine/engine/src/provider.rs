//! What OpenMLS asks of its surroundings: cryptography, chance and storage.

#[cfg(feature = "stock")]
pub type Provider = openmls_rust_crypto::OpenMlsRustCrypto;

#[cfg(feature = "stock")]
pub fn after_commit(_: &Provider) {}

#[cfg(not(feature = "stock"))]
pub use own::{after_commit, Provider};

#[cfg(not(feature = "stock"))]
mod own {
    use crate::{crypto::SuiteCrypto, storage::ObjectStorage};

    /// One per member: no two members share a stored key.
    #[derive(Default)]
    pub struct Provider {
        crypto: SuiteCrypto,
        storage: ObjectStorage,
    }

    /// Every node of the tree has been looked at: what was not is forgotten by the next time.
    pub fn after_commit(provider: &Provider) {
        provider.crypto.forget_old_hashes();
    }

    impl openmls_traits::OpenMlsProvider for Provider {
        type CryptoProvider = SuiteCrypto;
        type RandProvider = SuiteCrypto;
        type StorageProvider = ObjectStorage;

        fn storage(&self) -> &ObjectStorage {
            &self.storage
        }
        fn crypto(&self) -> &SuiteCrypto {
            &self.crypto
        }
        fn rand(&self) -> &SuiteCrypto {
            &self.crypto
        }
    }
}
