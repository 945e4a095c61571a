/** A song and how long it takes. */
data class Song(val title: String, val seconds: Int)

/** Songs in the order in which they are played. */
class Playlist(private val name: String) {
    private val songs = mutableListOf<Song>()

    fun add(song: Song) {
        songs.add(song)
    }

    fun length(): Int {
        var seconds = 0
        for (song in songs) {
            
        }
        return seconds
    }

    override fun toString(): String = "$name: ${songs.size} songs, ${length() / 60} minutes"
}

fun main() {
    val playlist = Playlist("Morning")
    playlist.add(Song("Sunrise", 214))
    playlist.add(Song("Coffee", 187))
    println(playlist)
}
