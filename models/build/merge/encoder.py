"""The network: MergeBERT's form, small. The four aligned sequences go through one encoder; what it gives for each is pooled
and joined, and two heads say what kind of resolution is likely: the nine patterns on tokens, as in the paper, and all
ways by which candidates come about."""

import math
from dataclasses import dataclass

import torch
from torch import nn

# encode.ts: hashes have 22 bits, which are looked up in two halves; edits are 0 to 8.
HALF_BITS = 11
EDIT_KINDS = 9


@dataclass(frozen=True)
class EncoderSettings:
    """The network's size."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    places: int = 96
    sequences: int = 4
    patterns: int = 9
    ways: int = 24
    dropout: float = 0.1
    # Off, the network does not see the kinds of edits: the paper's ablation.
    edits: bool = True


class Layer(nn.Module):
    """A transformer's layer, normalised first. Written out so that its graph is plain and small."""

    def __init__(self, width: int, heads: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.before_attention = nn.LayerNorm(width)
        self.projection = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.before_wide = nn.LayerNorm(width)
        self.wide = nn.Linear(width, 2 * width)
        self.narrow = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: torch.Tensor, blocked: torch.Tensor) -> torch.Tensor:
        batch, _, width = hidden.shape
        q, k, v = self.projection(self.before_attention(hidden)).chunk(3, -1)
        shape = (batch, -1, self.heads, width // self.heads)
        q, k, v = (part.reshape(shape).transpose(1, 2) for part in (q, k, v))
        weights = q @ k.transpose(2, 3) / math.sqrt(width // self.heads) + blocked
        mixed = (torch.softmax(weights, -1) @ v).transpose(1, 2).reshape(batch, -1, width)
        hidden = hidden + self.dropout(self.joined(mixed))
        wide = torch.relu(self.wide(self.before_wide(hidden)))
        return hidden + self.dropout(self.narrow(wide))


class Encoder(nn.Module):
    """Four aligned sequences of tokens and edits -> logits of patterns and of ways."""

    def __init__(self, settings: EncoderSettings):
        super().__init__()
        width = settings.width
        self.settings = settings
        self.low = nn.Embedding(1 << HALF_BITS, width)
        self.high = nn.Embedding(1 << HALF_BITS, width)
        self.edit = nn.Embedding(EDIT_KINDS, width)
        self.place = nn.Embedding(settings.places, width)
        self.sequence = nn.Embedding(settings.sequences, width)
        for embedding in (self.low, self.high, self.edit, self.place, self.sequence):
            nn.init.normal_(embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(width, settings.heads, settings.dropout) for _ in range(settings.layers))
        self.last = nn.LayerNorm(width)
        self.joined = nn.Linear(settings.sequences * 2 * width, 2 * width)
        self.dropout = nn.Dropout(settings.dropout)
        self.patterns = nn.Linear(2 * width, settings.patterns)
        self.ways = nn.Linear(2 * width, settings.ways)

    def forward(self, tokens: torch.Tensor, edits: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """tokens, edits: int32 [batch, sequences, places]; returns logits [batch, patterns] and [batch, ways]."""
        batch, sequences, places = tokens.shape
        tokens, edits = tokens.reshape(batch * sequences, places), edits.reshape(batch * sequences, places)
        present = (tokens > 0).to(torch.float32)
        hidden = self.low(tokens % (1 << HALF_BITS)) + self.high(tokens // (1 << HALF_BITS))
        hidden = hidden + self.place.weight[:places]
        if self.settings.edits:
            hidden = hidden + self.edit(edits)
        hidden = hidden.reshape(batch, sequences, places, -1) + self.sequence.weight[None, :, None]
        hidden = hidden.reshape(batch * sequences, places, -1)
        blocked = (1 - present)[:, None, None] * -1e4
        for layer in self.layers:
            hidden = layer(hidden, blocked)
        hidden = self.last(hidden) * present[:, :, None]
        mean = hidden.sum(1) / present.sum(1, keepdim=True).clamp(min=1)
        # Padding is 0 here, so that 0 is the least a sequence has, however far it is padded.
        most = torch.relu(hidden.max(1).values)
        pooled = torch.cat([mean, most], -1).reshape(batch, -1)
        joined = self.dropout(torch.relu(self.joined(self.dropout(pooled))))
        return self.patterns(joined), self.ways(joined)


def loss_of_ways(logits: torch.Tensor, right: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Several ways may give the right text: their probabilities count together. Hunks where none does are left out."""
    some = right.any(-1)
    log_p = torch.log_softmax(logits, -1).masked_fill(~right, float('-inf'))
    loss = -torch.logsumexp(log_p[some], -1)
    return (loss * weights[some]).sum() / weights[some].sum().clamp(min=1e-6)
