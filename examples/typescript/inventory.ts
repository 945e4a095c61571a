// A shop's inventory: what lies on the shelves, and what it is worth.

interface Item {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
}

function countPieces(items: readonly Item[]): number {
  let pieces = 0;
  for (const item of items) {
    pieces += item.quantity;
  }
  return pieces;
}

function totalValue(items: readonly Item[]): number {
  let total = 0;
  for (const item of items) {
    
  }
  return total;
}

const shelf: Item[] = [
  { name: 'lamp', price: 24.5, quantity: 12 },
  { name: 'chair', price: 79, quantity: 3 },
];

console.log(`${countPieces(shelf)} pieces worth ${totalValue(shelf).toFixed(2)}`);
