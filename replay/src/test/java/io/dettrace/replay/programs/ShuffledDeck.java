package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A deck shuffled without a seed and dealt to two threads. */
public final class ShuffledDeck {
    private ShuffledDeck() {}

    public static void main(String[] args) throws InterruptedException {
        List<Integer> deck = new ArrayList<>();
        for (int card = 1; card <= 10; card++) {
            deck.add(card);
        }
        Collections.shuffle(deck);
        List<List<Integer>> hands = List.of(new ArrayList<>(), new ArrayList<>());
        Thread[] players = new Thread[2];
        for (int i = 0; i < players.length; i++) {
            List<Integer> hand = hands.get(i);
            players[i] = new Thread(() -> draw(deck, hand), "player-" + i);
            players[i].start();
        }
        for (Thread player : players) {
            player.join();
        }
        System.out.println(hands);
    }

    private static void draw(List<Integer> deck, List<Integer> hand) {
        while (true) {
            synchronized (deck) {
                if (deck.isEmpty()) {
                    return;
                }
                hand.add(deck.remove(deck.size() - 1));
            }
        }
    }
}
