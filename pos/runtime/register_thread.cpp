#include "pos/runtime/register_thread.h"

#include <spdlog/spdlog.h>

namespace pos {

namespace {

// A moment without a command, long enough that a cashier has turned away.
constexpr std::chrono::milliseconds idle_moment{1500};

}  // namespace

RegisterThread::RegisterThread(std::unique_ptr<core::Register> opened, Queue<Post>& posts,
                               Dispatch dispatch, Queue<UiMessage>& to_ui, Wake wake)
    : register_(std::move(opened)),
      posts_(posts),
      dispatch_(std::move(dispatch)),
      to_ui_(to_ui),
      wake_(std::move(wake)),
      snapshot_(register_->snapshot()) {
  worker_ = Worker("register", [this] { loop(); });
}

RegisterThread::~RegisterThread() {
  stop();
}

void RegisterThread::stop() {
  posts_.close();
  worker_.join();
}

void RegisterThread::loop() {
  dispatch_(register_->resume(), snapshot_.get()->settings);
  bool has_log = true;
  for (;;) {
    auto post = has_log ? posts_.pop(idle_moment) : posts_.pop();
    if (post) {
      carry_out(std::move(*post));
      has_log = true;
      posts_.finished();
    } else if (posts_.is_closed()) {
      return;
    } else {
      register_->rest();
      has_log = false;
    }
  }
}

void RegisterThread::carry_out(Post post) {
  auto handled = register_->handle(post.command, post.approval);
  publish();
  Reply reply;
  if (handled) {
    dispatch_(std::move(*handled), snapshot_.get()->settings);
  } else {
    reply = handled.error();
    if (reply->kind == core::RefusalKind::not_saved) spdlog::error("{}", reply->detail);
  }
  // Whoever asked for a reply deals with it; all else is for the cashier.
  if (post.reply) {
    post.reply->push(std::move(reply));
  } else if (reply) {
    to_ui_.push(Refused{std::move(post.command), std::move(*reply)});
  } else if (!post.approval.empty()) {
    to_ui_.push(Approved{});
  }
  wake_();
}

void RegisterThread::publish() {
  if (published_ == register_->revision()) return;
  published_ = register_->revision();
  snapshot_.publish(register_->snapshot());
}

}  // namespace pos
