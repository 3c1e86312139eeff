//! Overwrites memory that held keys: every block of the heap when it is freed, and the stack after every call (E4).
//! So copies of keys that libraries forget to wipe do not stay.

use std::alloc::{GlobalAlloc, Layout, System};

/// More than the deepest call was seen to use; a quarter of the stack that WebAssembly has.
const DEPTH: usize = 256 * 1024;

/// Overwrites the part of the stack that calls before this one used.
#[inline(never)]
pub fn stack() {
    let mut area = [0u8; DEPTH];
    core::hint::black_box(&mut area);
}

struct Wiping;

// `realloc` is not overridden: its default allocates, copies and frees, so what is left behind is wiped too.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        System.alloc(layout)
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        System.alloc_zeroed(layout)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        block.write_bytes(0, layout.size());
        // Keeps the compiler from dropping a write to memory that nobody reads again.
        core::hint::black_box(block);
        System.dealloc(block, layout);
    }
}

#[global_allocator]
static HEAP: Wiping = Wiping;
