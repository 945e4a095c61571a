"""The scores of holes: boosted trees and small networks, as the numbers that server/src/partial evaluates."""
