//! What a PrivateMessage says in clear (RFC 9420 section 6.3), read before OpenMLS sees the bytes.

use crate::code::{Code, Result};
use openmls::prelude::{tls_codec::*, *};

pub enum Content {
    Application,
    Commit,
}

pub struct Header {
    pub epoch: u64,
    pub content: Content,
}

/// Gives the message and its header. D7: all but a PrivateMessage is refused here, by its wire format alone.
pub fn read(bytes: &[u8], group: &GroupId) -> Result<(ProtocolMessage, Header)> {
    // version, wire_format: 1 = mls10, 2 = mls_private_message.
    match bytes {
        [0, 1, 0, 2, ..] => {}
        [0, 1, 0, 1, ..] => return Err(Code::NotPrivate),
        _ => return Err(Code::Malformed),
    }
    let message = MlsMessageIn::tls_deserialize_exact(bytes).map_err(|_| Code::Malformed)?;
    let message = message.try_into_protocol_message().map_err(|_| Code::Malformed)?;
    if !matches!(message, ProtocolMessage::PrivateMessage(_)) {
        return Err(Code::NotPrivate);
    }
    if message.group_id() != group {
        return Err(Code::WrongGroup);
    }
    let content = match message.content_type() {
        ContentType::Application => Content::Application,
        ContentType::Commit => Content::Commit,
        _ => return Err(Code::UnexpectedContent),
    };
    let epoch = message.epoch().as_u64();
    Ok((message, Header { epoch, content }))
}
