#include "pos/runtime/worker.h"

#include <pthread.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <exception>

namespace pos {

namespace {

// Signals belong to the UI thread, which ends the till in order.
void leave_signals_to_the_screen() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Worker::Worker(std::string name, std::function<void()> loop)
    : thread_([name = std::move(name), loop = std::move(loop)] {
        leave_signals_to_the_screen();
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        try {
          loop();
        } catch (const std::exception& error) {
          spdlog::critical("{}: {}", name, error.what());
          std::abort();
        }
      }) {}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace pos
