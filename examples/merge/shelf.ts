// A shelf of books, as git leaves it when a merge stops: three conflicts to resolve.

<<<<<<< HEAD
import { Book, isbnOf } from './book';
||||||| 4d2c1a0
import { Book } from './book';
=======
import { Author } from './author';
import { Book } from './book';
>>>>>>> authors

export class Shelf {
  private readonly books: Book[] = [];

<<<<<<< HEAD
  add(book: Book, place = this.books.length): void {
    this.books.splice(place, 0, book);
||||||| 4d2c1a0
  add(book: Book): void {
    this.books.push(book);
=======
  add(item: Book): void {
    this.books.push(item);
>>>>>>> authors
  }

<<<<<<< HEAD
  find(isbn: string): Book | undefined {
    return this.books.find((book) => isbnOf(book) === isbn);
  }
||||||| 4d2c1a0
=======
  writtenBy(author: Author): Book[] {
    return this.books.filter((book) => book.author === author);
  }
>>>>>>> authors
}
