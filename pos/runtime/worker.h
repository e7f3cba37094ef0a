// A thread with a name and a loop. What the loop lets escape ends the program
// visibly: a till without its register must not look alive.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace pos {

class Worker {
 public:
  Worker() = default;
  Worker(std::string name, std::function<void()> loop);
  ~Worker() { join(); }
  Worker(Worker&&) = default;
  Worker& operator=(Worker&&) = default;

  void join();

 private:
  std::thread thread_;
};

}  // namespace pos
