//! OpenMLS' errors become codes. What is not named here is `validation`, or `bug` where OpenMLS itself says so.

use crate::code::Code;
use openmls::framing::errors::{MessageDecryptionError, SecretTreeError};
use openmls::group::{CreateCommitError, ProcessMessageError, ProposalValidationError, StageCommitError, ValidationError};
use openmls::prelude::MlsGroupStateError;
use openmls::schedule::errors::PskError;

pub fn of_processing<E>(error: ProcessMessageError<E>) -> Code {
    match error {
        ProcessMessageError::LibraryError(_) | ProcessMessageError::StorageError(_) => Code::Bug,
        ProcessMessageError::GroupStateError(MlsGroupStateError::UseAfterEviction) => Code::Removed,
        ProcessMessageError::IncompatibleWireFormat => Code::NotPrivate,
        ProcessMessageError::ValidationError(error) => of_validation(error),
        ProcessMessageError::InvalidCommit(error) => of_staging(error),
        _ => Code::Validation,
    }
}

fn of_validation(error: ValidationError) -> Code {
    match error {
        ValidationError::LibraryError(_) => Code::Bug,
        ValidationError::WrongGroupId => Code::WrongGroup,
        ValidationError::WrongEpoch => Code::WrongEpoch,
        ValidationError::NoPastEpochData => Code::TooOld,
        ValidationError::UnableToDecrypt(error) => of_decryption(error),
        ValidationError::KeyPackageVerifyError(_) => Code::KeyPackageInvalid,
        _ => Code::Validation,
    }
}

fn of_decryption(error: MessageDecryptionError) -> Code {
    match error {
        MessageDecryptionError::SecretTreeError(SecretTreeError::TooDistantInThePast) => Code::TooOld,
        MessageDecryptionError::SecretTreeError(SecretTreeError::TooDistantInTheFuture) => Code::TooFar,
        MessageDecryptionError::SecretTreeError(SecretTreeError::SecretReuseError) => Code::Duplicate,
        // Bytes from outside decide whether these arise, so they are no bug of ours.
        _ => Code::Decryption,
    }
}

fn of_staging(error: StageCommitError) -> Code {
    match error {
        StageCommitError::EpochMismatch => Code::WrongEpoch,
        StageCommitError::OwnCommitMismatch => Code::OwnMessage,
        StageCommitError::PskError(PskError::KeyNotFound) => Code::PskMissing,
        _ => Code::Validation,
    }
}

pub fn of_creating(error: CreateCommitError) -> Code {
    match error {
        CreateCommitError::LibraryError(_) => Code::Bug,
        CreateCommitError::CannotRemoveSelf => Code::SelfRemove,
        CreateCommitError::PskError(PskError::KeyNotFound) => Code::PskMissing,
        CreateCommitError::ProposalValidationError(error) => match error {
            ProposalValidationError::UnknownMemberRemoval => Code::UnknownLeaf,
            _ => Code::Validation,
        },
        _ => Code::Validation,
    }
}
