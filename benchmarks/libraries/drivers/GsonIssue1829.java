import com.google.gson.Gson;

/**
 * Gson issues 764, 625 and 1829: one thread serializes an {@code Author} for the first time, another one a {@code Book}.
 *
 * <p>The types contain each other. The adapter of the inner type is put into the cache that all threads share while the
 * adapter of the outer type, which it refers to, has no delegate yet; who uses it in between gets an
 * {@link IllegalStateException}.
 */
public class GsonIssue1829 {
    static class Author {
        Book book;
        String name;
        int born;
    }

    static class Book {
        Author author;
    }

    public static void main(String[] args) throws InterruptedException {
        Gson gson = new Gson();
        Book book = new Book();
        book.author = new Author();
        Thread authors = new Thread(() -> gson.toJson(new Author()));
        Thread books = new Thread(() -> gson.toJson(book));
        authors.start();
        books.start();
        authors.join();
        books.join();
        System.out.println(gson.toJson(book));
    }
}
