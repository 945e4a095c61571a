// Scores that compete with each other, as probabilities.

export function softmax(scores: Float32Array): number[] {
  const most = Math.max(...scores);
  const weights = [...scores].map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
