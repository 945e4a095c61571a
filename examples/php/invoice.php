<?php

declare(strict_types=1);

/** One line of an invoice. */
final class Line
{
    public function __construct(
        public readonly string $text,
        public readonly int $count,
        public readonly float $price,
    ) {
    }
}

/** An invoice: what was bought, and what it costs with tax. */
final class Invoice
{
    private const TAX = 0.19;

    /** @var Line[] */
    private array $lines = [];

    public function add(Line $line): void
    {
        $this->lines[] = $line;
    }

    public function net(): float
    {
        $net = 0.0;
        foreach ($this->lines as $line) {
            
        }
        return $net;
    }

    public function total(): float
    {
        return $this->net() * (1 + self::TAX);
    }
}

$invoice = new Invoice();
$invoice->add(new Line('Paper', 3, 4.50));
$invoice->add(new Line('Pencils', 10, 0.80));
printf("%.2f net, %.2f with tax\n", $invoice->net(), $invoice->total());
