/* tslint:disable */
/* eslint-disable */

/** One leaf of the group. */
export interface RosterLeaf {
    readonly leaf: number
    /** 16 raw bytes of the member's pseudonym. */
    readonly identity: Uint8Array
    /** Ed25519, 32 bytes. */
    readonly signatureKey: Uint8Array
}

/** Who a valid key package is for. */
export interface Joiner {
    readonly identity: Uint8Array
    readonly signatureKey: Uint8Array
    /** KeyPackageRef, RFC 9420 section 5.2. */
    readonly reference: Uint8Array
}

export interface CommitRequest {
    /** Key packages, each an MLSMessage. */
    readonly adds?: readonly Uint8Array[]
    /** Leaves. */
    readonly removes?: readonly number[]
    /** Id of a stored external PSK. */
    readonly psk?: Uint8Array | undefined
    /** A new policy; then nothing else (D8). */
    readonly policy?: Uint8Array | undefined
    readonly authenticatedData?: Uint8Array | undefined
}

export interface CommitMade {
    readonly commit: Uint8Array
    /** One Welcome for each of `adds`, in that order, each with only its own secrets. */
    readonly welcomes: readonly Uint8Array[]
    /** The ratchet tree after this commit, for those it adds; undefined when it adds nobody. */
    readonly tree: Uint8Array | undefined
}

export interface StagedCommit {
    readonly kind: "commit"
    /** The leaf whose signature was verified (D34). */
    readonly sender: number
    readonly epoch: number
    readonly authenticatedData: Uint8Array
    readonly adds: readonly Joiner[]
    readonly removes: readonly number[]
    /** Ids of external PSKs. */
    readonly psks: readonly Uint8Array[]
    /** The new policy, when the commit replaces that and nothing else of the group context. */
    readonly policy: Uint8Array | undefined
    /** How many proposals of any other type it carries. */
    readonly other: number
    readonly hasPath: boolean
    readonly selfRemoved: boolean
}

export interface ApplicationMessage {
    readonly kind: "application"
    /** The leaf whose signature was verified (D34), in `epoch`. */
    readonly sender: number
    readonly epoch: number
    readonly authenticatedData: Uint8Array
    readonly data: Uint8Array
}

export interface StagedJoin {
    readonly groupId: Uint8Array
    readonly epoch: number
    readonly policy: Uint8Array
    readonly roster: readonly RosterLeaf[]
    readonly ownLeaf: number
    /** The leaf that signed the group's state for us. */
    readonly adder: number
}



/**
 * One member of one group for one join. Call `wipe` and `free` when done: memory here is not collected.
 */
export class Member {
    free(): void;
    [Symbol.dispose](): void;
    acceptJoin(): void;
    /**
     * Merges the staged commit. `pending-commit` while one of ours waits: clear that first.
     */
    accept(): void;
    /**
     * The server took another one: ours is dropped.
     */
    clearCommit(): void;
    /**
     * Builds a commit, always with a path, and leaves it pending.
     */
    commit(request: CommitRequest): CommitMade;
    /**
     * Founds a group of one. `groupId` is 16 bytes; `policy` becomes the group context extension 0xF0C1.
     */
    create(groupId: Uint8Array | number[], policy: Uint8Array | number[]): void;
    /**
     * Seals an application message. Allowed beside a pending commit.
     */
    encrypt(data: Uint8Array | number[], authenticatedData: Uint8Array | number[]): Uint8Array;
    /**
     * Signs "Conclave 1 device\0" and then `statement` (1 to 1024 bytes) with the leaf's key; 64 bytes.
     */
    endorse(statement: Uint8Array | number[]): Uint8Array;
    epochAuthenticator(): Uint8Array;
    epoch(): number;
    /**
     * MLS exporter (RFC 9420 section 8.5) of the current epoch; 1 to 1024 bytes.
     */
    export(label: string, context: Uint8Array | number[], length: number): Uint8Array;
    /**
     * Forgets the message keys of the epoch before this one.
     */
    forgetPast(): void;
    groupId(): Uint8Array;
    hasPending(): boolean;
    /**
     * Opens a Welcome for a key package of this member; staged until `acceptJoin` or `refuseJoin`.
     * `malformed` and `no-key-package` cost nothing; `key-package-spent` means: make a new key package.
     */
    join(welcome: Uint8Array | number[], tree: Uint8Array | number[]): StagedJoin;
    /**
     * A new KeyPackage, as MLSMessage.
     */
    keyPackage(): Uint8Array;
    /**
     * The server took our commit: it becomes the group's state.
     */
    mergeCommit(): void;
    /**
     * `identity` is 16 bytes. Makes a fresh leaf signature key. `lifetimeSeconds` is at most 23 hours.
     */
    constructor(identity: Uint8Array | number[], nowSeconds: number, lifetimeSeconds: number);
    ownLeaf(): number;
    policy(): Uint8Array;
    /**
     * Opens a message. A commit is staged until `accept` or `refuse`.
     */
    process(message: Uint8Array | number[]): StagedCommit | ApplicationMessage;
    /**
     * Validates a KeyPackage of someone: signatures, suite, identity, lifetime, full consumption.
     */
    readKeyPackage(bytes: Uint8Array | number[], nowSeconds: number): Joiner;
    refuseJoin(): void;
    /**
     * Drops the staged commit.
     */
    refuse(): void;
    /**
     * All leaves in order of their index.
     */
    roster(): RosterLeaf[];
    /**
     * Public Ed25519 key of the leaf, 32 bytes.
     */
    signatureKey(): Uint8Array;
    /**
     * Keeps the secret of an external PSK, at least 16 bytes.
     */
    storePsk(id: Uint8Array | number[], secret: Uint8Array | number[]): void;
    /**
     * Confirmed transcript hash.
     */
    transcript(): Uint8Array;
    treeHash(): Uint8Array;
    /**
     * The ratchet tree of the current epoch.
     */
    tree(): Uint8Array;
    /**
     * Drops and overwrites every key and the group; everything after answers `wiped`.
     */
    wipe(): void;
}

/**
 * All codes, for a test that compares them with the TypeScript union.
 */
export function engineCodes(): string[];

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_member_free: (a: number, b: number) => void;
    readonly engineCodes: () => [number, number];
    readonly member_accept: (a: number) => [number, number];
    readonly member_acceptJoin: (a: number) => [number, number];
    readonly member_clearCommit: (a: number) => [number, number];
    readonly member_commit: (a: number, b: any) => [number, number, number];
    readonly member_create: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly member_encrypt: (a: number, b: number, c: number, d: number, e: number) => [number, number, number, number];
    readonly member_endorse: (a: number, b: number, c: number) => [number, number, number, number];
    readonly member_epoch: (a: number) => [number, number, number];
    readonly member_epochAuthenticator: (a: number) => [number, number, number, number];
    readonly member_export: (a: number, b: number, c: number, d: number, e: number, f: number) => [number, number, number, number];
    readonly member_forgetPast: (a: number) => [number, number];
    readonly member_groupId: (a: number) => [number, number, number, number];
    readonly member_hasPending: (a: number) => [number, number, number];
    readonly member_join: (a: number, b: number, c: number, d: number, e: number) => [number, number, number];
    readonly member_keyPackage: (a: number) => [number, number, number, number];
    readonly member_mergeCommit: (a: number) => [number, number];
    readonly member_new: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly member_ownLeaf: (a: number) => [number, number, number];
    readonly member_policy: (a: number) => [number, number, number, number];
    readonly member_process: (a: number, b: number, c: number) => [number, number, number];
    readonly member_readKeyPackage: (a: number, b: number, c: number, d: number) => [number, number, number];
    readonly member_refuse: (a: number) => [number, number];
    readonly member_refuseJoin: (a: number) => [number, number];
    readonly member_roster: (a: number) => [number, number, number];
    readonly member_signatureKey: (a: number) => [number, number, number, number];
    readonly member_storePsk: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly member_transcript: (a: number) => [number, number, number, number];
    readonly member_tree: (a: number) => [number, number, number, number];
    readonly member_treeHash: (a: number) => [number, number, number, number];
    readonly member_wipe: (a: number) => void;
    readonly __externref_table_alloc: () => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
