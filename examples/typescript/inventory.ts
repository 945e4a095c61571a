// A shop's inventory: what lies on the shelves, what it is worth, and what has to be ordered again.

export interface Item {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
}

/** The items of which fewer than `minimum` are left. */
export function itemsToOrder(items: readonly Item[], minimum: number): Item[] {
  return items.filter((item) => item.quantity < minimum);
}

export function countPieces(items: readonly Item[]): number {
  let pieces = 0;
  for (const item of items) {
    pieces += item.quantity;
  }
  return pieces;
}

export function totalValue(items: readonly Item[]): number {
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
for (const item of itemsToOrder(shelf, 5)) console.log(`order ${item.name}`);
