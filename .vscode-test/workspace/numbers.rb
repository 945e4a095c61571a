# How numbers are called.
NAMES = {
  1 => 'one',
  2 => 'two',
  3 => 'three',
  4 => 'four',
}
ONE = NAMES[1]
TWO = NAMES[2]
THREE = NAMES[3]
FOUR = NAMES[4]
