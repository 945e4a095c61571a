import java.util.ArrayList;
import java.util.List;

/** A reader's card in a small library: who holds it, and which books are out on it. */
public final class LibraryCard {
    private static final int LIMIT = 5;

    private final String holder;
    private final List<String> books = new ArrayList<>();
    private String address;

    public LibraryCard(String holder, String address) {
        this.holder = holder;
        
    }

    public String getHolder() {
        return holder;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public boolean borrow(String book) {
        if (books.size() >= LIMIT || books.contains(book)) {
            return false;
        }
        return books.add(book);
    }

    public boolean giveBack(String book) {
        return books.remove(book);
    }

    public static void main(String[] arguments) {
        LibraryCard card = new LibraryCard("Ada", "4 Mill Lane");
        card.borrow("A Field Guide to Clouds");
        System.out.println(card.getHolder() + ", " + card.getAddress() + ": " + card.books);
    }
}
