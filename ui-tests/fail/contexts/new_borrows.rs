use ndis::Context;

struct Adapter<'a> {
    _name: &'a str,
}

fn main() {
    let name = String::from("adapter");
    let _ = Context::new(Adapter { _name: &name });
}
