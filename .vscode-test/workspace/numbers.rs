pub const ONE: u32 = 1;
pub const TWO: u32 = 2;
pub const THREE: u32 = 3;
pub const FOUR: u32 = 4;
