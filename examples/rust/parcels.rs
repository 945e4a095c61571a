//! Parcels by weight: what each costs to send, and what they cost together.

struct Parcel {
    receiver: String,
    grams: u32,
}

/// The price in cents of sending a parcel; undefined for what is too heavy.
fn price(parcel: &Parcel) -> Option<u32> {
    match parcel.grams {
        0..=1_000 => Some(450),
        1_001..=5_000 => Some(790),
        _ => None,
    }
}

fn total(parcels: &[Parcel]) -> u32 {
    let mut sum = 0;
    for parcel in parcels {
        if let Some(cents) = price(parcel) {
            
        }
    }
    sum
}

fn main() {
    let parcels = [
        Parcel { receiver: "Ada".to_string(), grams: 800 },
        Parcel { receiver: "Grace".to_string(), grams: 4_200 },
        Parcel { receiver: "Alan".to_string(), grams: 12_000 },
    ];
    for parcel in &parcels {
        println!("{:>6} g to {}", parcel.grams, parcel.receiver);
    }
    println!("{} cents together", total(&parcels));
}
