// A shopping basket: how many pieces of each thing lie in it, and what they cost together.

export class Basket {
  constructor(prices) {
    this.prices = prices;
    this.pieces = new Map();
  }

  add(name, count = 1) {
    this.pieces.set(name, this.count(name) + count);
  }

  clear() {
    
  }

  count(name) {
    return this.pieces.get(name) ?? 0;
  }

  total() {
    let total = 0;
    for (const [name, count] of this.pieces) {
      total += this.prices[name] * count;
    }
    return total;
  }
}

const basket = new Basket({ apple: 0.4, bread: 2.9 });
basket.add('apple', 6);
basket.add('bread');
console.log(`${basket.count('apple')} apples and a bread: ${basket.total().toFixed(2)}`);
