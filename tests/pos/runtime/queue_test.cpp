#include "pos/runtime/queue.h"

#include <doctest/doctest.h>

#include <thread>

#include "pos/runtime/latest.h"

using namespace pos;

TEST_CASE("queue: messages come out in the order in which one thread put them in") {
  Queue<int> queue;
  std::thread producer([&] {
    for (int i = 0; i < 1000; ++i) queue.push(i);
    queue.close();
  });
  int expected = 0;
  while (auto message = queue.pop()) CHECK(*message == expected++);
  producer.join();
  CHECK(expected == 1000);
}

TEST_CASE("queue: a full queue refuses and never waits") {
  Queue<int> queue(2);
  CHECK(queue.push(1));
  CHECK(queue.push(2));
  CHECK_FALSE(queue.push(3));
}

TEST_CASE("queue: it is idle only when the one who popped has finished") {
  Queue<int> queue;
  queue.push(1);
  CHECK_FALSE(queue.is_idle());
  queue.try_pop();
  CHECK_FALSE(queue.is_idle());
  queue.finished();
  CHECK(queue.is_idle());
}

TEST_CASE("latest: a reader sees whole values while a writer publishes") {
  struct Pair {
    int a = 0, b = 0;
  };
  Latest<Pair> latest;
  std::thread writer([&] {
    for (int i = 1; i <= 1000; ++i) latest.publish({i, i});
  });
  bool whole = true;
  for (int i = 0; i < 1000; ++i) {
    const auto seen = latest.get();
    whole = whole && seen->a == seen->b;
  }
  writer.join();
  CHECK(whole);
}
