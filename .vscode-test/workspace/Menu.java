import java.util.HashMap;
import java.util.Map;

public class Menu {
    private final Map<String, Integer> prices = new HashMap<>();

    public Menu() {
        prices.put("soup", 4);
        prices.put("bread", 2);
    }
}
