//! Makes the JavaScript face of the engine: `bindgen INPUT.wasm OUT_FOLDER`. What `wasm-bindgen --target web` does,
//! without its command, which does not install from its lockfile.

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (input, out) = (arguments.next().expect("input"), arguments.next().expect("out folder"));
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(input).out_name("engine").typescript(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true).web(true).expect("target web");
    bindgen.generate(out).expect("bindings");
}
