"""Small networks for the odds that a partial program is right, as server/src/partial/score/network.ts evaluates them."""

import numpy
import torch

HIDDEN = 24
WIDTH_OF_KIND = 4
EPOCHS = 14
BATCH = 256
LARGEST = 4.0
DIGITS = 5


class Inputs:
    """Numbers, squashed and standardised by what training shows, and kinds, which begin at -1."""

    def __init__(self, x: numpy.ndarray, features: list[str], categorical: list[str]) -> None:
        self.places = [i for i, name in enumerate(features) if name not in categorical]
        self.kinds = [features.index(name) for name in categorical]
        squashed = self._squash(x)
        self.means = numpy.round(squashed.mean(0), DIGITS)
        self.deviations = numpy.round(squashed.std(0) + 1e-3, DIGITS)
        self.vectors = [int(x[:, place].max()) + 2 for place in self.kinds]

    def of(self, x: numpy.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Numbers, [rows, numbers], and the places of the kinds' vectors, [rows, kinds]."""
        standard = (self._squash(x) - self.means) / self.deviations
        kinds = numpy.minimum(x[:, self.kinds].astype(int) + 1, numpy.array(self.vectors) - 1)
        return torch.tensor(standard, dtype=torch.float32).clamp(-LARGEST, LARGEST), torch.tensor(kinds)

    def export(self) -> dict:
        return {
            'places': self.places,
            'means': [float(value) for value in self.means],
            'deviations': [float(value) for value in self.deviations],
        }

    def _squash(self, x: numpy.ndarray) -> numpy.ndarray:
        numbers = x[:, self.places]
        return numpy.sign(numbers) * numpy.log1p(numpy.abs(numbers))


class Network(torch.nn.Module):
    """Two hidden layers over standardised numbers and a vector for each kind; gives log odds."""

    def __init__(self, inputs: Inputs) -> None:
        super().__init__()
        self.inputs = inputs
        self.vectors = torch.nn.ModuleList(torch.nn.Embedding(count, WIDTH_OF_KIND) for count in inputs.vectors)
        width = len(inputs.places) + WIDTH_OF_KIND * len(inputs.kinds)
        self.layers = torch.nn.ModuleList(
            [torch.nn.Linear(width, HIDDEN), torch.nn.Linear(HIDDEN, HIDDEN), torch.nn.Linear(HIDDEN, 1)]
        )
        self.dropout = torch.nn.Dropout(0.2)

    def forward(self, numbers: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        values = torch.cat([numbers, *(vector(kinds[:, i]) for i, vector in enumerate(self.vectors))], 1)
        for layer in self.layers[:-1]:
            values = self.dropout(torch.nn.functional.silu(layer(values)))
        return self.layers[-1](values)[:, 0]

    def log_odds(self, x: numpy.ndarray) -> numpy.ndarray:
        self.eval()
        with torch.no_grad():
            return self(*self.inputs.of(x)).numpy().astype(float)

    def export(self) -> dict:
        def rounded(tensor: torch.Tensor) -> list:
            return [[round(float(value), DIGITS) for value in row] for row in tensor.detach()]

        return {
            'kinds': [
                {'place': place, 'vectors': rounded(vectors.get_parameter('weight'))}
                for place, vectors in zip(self.inputs.kinds, self.vectors, strict=True)
            ],
            'layers': [
                {
                    'weights': rounded(layer.get_parameter('weight')),
                    'bias': rounded(layer.get_parameter('bias')[None])[0],
                }
                for layer in self.layers
            ],
        }


def train_network(inputs: Inputs, x: numpy.ndarray, y: numpy.ndarray, weight: numpy.ndarray, seed: int) -> Network:
    """@param weight of each row; one on average"""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    network = Network(inputs)
    numbers, kinds = inputs.of(x)
    labels, weights = torch.tensor(y, dtype=torch.float32), torch.tensor(weight, dtype=torch.float32)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.03)
    steps = EPOCHS * -(-len(y) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(y)).split(BATCH):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                network(numbers[rows], kinds[rows]), labels[rows], weights[rows]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network
