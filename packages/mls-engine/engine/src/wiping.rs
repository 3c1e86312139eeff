//! Overwrites every block of memory when it is freed: keys, and copies of keys that libraries forget to wipe (E4).

use std::alloc::{GlobalAlloc, Layout, System};

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
