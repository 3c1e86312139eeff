//! Cuts a Welcome to one recipient (D7), and reads whose it is before its key package is put at risk.
//!
//! ```text
//! uint16 version = 1 | uint16 wire_format = 3 | uint16 cipher_suite
//! | EncryptedGroupSecrets secrets<V> | opaque encrypted_group_info<V>          RFC 9420 section 12.4.3.1
//! ```

use crate::{
    code::{Code, Result},
    SUITE,
};
use openmls::prelude::{tls_codec, tls_codec::*};

#[derive(Debug, TlsSerialize, TlsDeserialize, TlsSize)]
struct Entry {
    key_package: VLBytes,
    kem_output: VLBytes,
    ciphertext: VLBytes,
}

#[derive(Debug, TlsSerialize, TlsDeserialize, TlsSize)]
struct Welcome {
    version: u16,
    wire_format: u16,
    suite: u16,
    secrets: Vec<Entry>,
    group_info: VLBytes,
}

fn read(bytes: &[u8]) -> Result<Welcome> {
    let welcome = Welcome::tls_deserialize_exact(bytes).map_err(|_| Code::Malformed)?;
    let known = welcome.version == 1 && welcome.wire_format == 3 && welcome.suite == SUITE as u16;
    known.then_some(welcome).ok_or(Code::Malformed)
}

/// One Welcome for each reference, in that order, each with nobody else's secrets.
pub fn cut(bytes: &[u8], references: &[Vec<u8>]) -> Result<Vec<Vec<u8>>> {
    let mut welcome = read(bytes)?;
    let mut entries = core::mem::take(&mut welcome.secrets);
    let mut cuts = Vec::with_capacity(references.len());
    for reference in references {
        let at = entries.iter().position(|entry| entry.key_package.as_slice() == reference).ok_or(Code::Bug)?;
        welcome.secrets = vec![entries.swap_remove(at)];
        cuts.push(welcome.tls_serialize_detached().map_err(|_| Code::Bug)?);
    }
    Ok(cuts)
}

/// The key package a cut Welcome is for. A Welcome with more than one recipient is not ours to open.
pub fn recipient(bytes: &[u8]) -> Result<Vec<u8>> {
    match read(bytes)?.secrets.as_slice() {
        [only] => Ok(only.key_package.as_slice().to_vec()),
        _ => Err(Code::Malformed),
    }
}
