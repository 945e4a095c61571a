using System;

namespace Examples;

/// <summary>A savings account that never goes below zero.</summary>
public sealed class Account
{
    public string Owner { get; }
    public decimal Balance { get; private set; }

    public Account(string owner)
    {
        Owner = owner;
    }

    public void Deposit(decimal amount)
    {
        if (amount <= 0) throw new ArgumentOutOfRangeException(nameof(amount));
        Balance += amount;
    }

    public void Withdraw(decimal amount)
    {
        if (amount <= 0) throw new ArgumentOutOfRangeException(nameof(amount));
        if (amount > Balance) throw new InvalidOperationException("The balance is too low.");
        
    }

    public static void Main()
    {
        var account = new Account("Ada");
        account.Deposit(120);
        account.Withdraw(45.5m);
        Console.WriteLine($"{account.Owner} has {account.Balance}");
    }
}
