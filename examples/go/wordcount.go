// Command wordcount prints the words of its standard input, the most frequent first.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

type entry struct {
	word  string
	count int
}

// countWords reads words until the input ends and counts each without its punctuation.
func countWords(scanner *bufio.Scanner) map[string]int {
	frequency := make(map[string]int)
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		word := strings.Trim(scanner.Text(), ".,;:!?")
		if word == "" {
			continue
		}
		
	}
	return frequency
}

// sortByCount orders the words by falling count, and words of one count by name.
func sortByCount(frequency map[string]int) []entry {
	entries := make([]entry, 0, len(frequency))
	for word, count := range frequency {
		entries = append(entries, entry{word, count})
	}
	sort.Slice(entries, func(i, j int) bool {
		if entries[i].count != entries[j].count {
			return entries[i].count > entries[j].count
		}
		return entries[i].word < entries[j].word
	})
	return entries
}

func main() {
	for _, entry := range sortByCount(countWords(bufio.NewScanner(os.Stdin))) {
		fmt.Printf("%6d %s\n", entry.count, entry.word)
	}
}
