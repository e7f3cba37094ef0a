#include "pos/runtime/register_thread.h"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <fstream>

namespace pos {

namespace {

// A moment without a command, long enough that a cashier has turned away.
constexpr std::chrono::milliseconds idle_moment{1500};

}  // namespace

RegisterThread::RegisterThread(std::unique_ptr<core::Register> opened, Queue<Post>& posts,
                               Dispatch dispatch,
                               std::function<void(const core::Settings&)> after_closing,
                               Queue<UiMessage>& to_ui, Wake wake)
    : register_(std::move(opened)),
      posts_(posts),
      dispatch_(std::move(dispatch)),
      after_closing_(std::move(after_closing)),
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
      // A till that is kept busy has no idle moment in which to try its disk again.
      if (snapshot_.get()->not_saved) register_->rest();
      carry_out(std::move(*post));
      has_log = true;
      posts_.finished();
    } else if (posts_.is_closed()) {
      return;
    } else {
      // A store that cannot be written is tried again and again.
      has_log = !register_->rest();
      publish();
    }
  }
}

// All of a file in one transaction: nothing is sold meanwhile.
void RegisterThread::import(const ImportFile& wish) {
  ImportAnswer answer{wish.file, wish.is_trial, {}, false, ""};
  std::ifstream stream(wish.file, std::ios::binary);
  if (stream) {
    core::ImportOptions options;
    options.skip_bad = wish.skip_bad;
    options.dry_run = wish.is_trial;
    options.deposit_name = wish.deposit_name;
    const std::string name = std::filesystem::path(wish.file).filename().string();
    auto outcome =
        register_->import({stream, name, 0, snapshot_.get()->settings.shop.currency}, options);
    if (outcome) {
      answer.is_stored = outcome->stored;
      answer.report = std::move(outcome->report);
    } else {
      answer.why_not = outcome.error().text;
    }
  } else {
    answer.why_not = "The file cannot be read.";
  }
  publish();
  to_ui_.push(std::move(answer));
  wake_();
}

void RegisterThread::carry_out(Post post) {
  if (post.import) return import(*post.import);
  const bool was_open = snapshot_.get()->shift.has_value();
  auto handled = register_->handle(post.command, post.approval);
  publish();
  if (was_open && !snapshot_.get()->shift) after_closing_(snapshot_.get()->settings);
  Reply reply;
  // What changes nothing wakes nobody.
  bool is_news = false;
  if (handled) {
    is_news = !handled->empty();
    dispatch_(std::move(*handled), snapshot_.get()->settings);
  } else {
    reply = handled.error();
    if (reply->kind == core::RefusalKind::not_saved) spdlog::error("{}", reply->detail);
  }
  const auto is_for_the_cashier = [&] {
    if (!reply || !post.asker) return reply.has_value();
    return post.asker->refusals == Refusals::to_both && reply->kind != core::RefusalKind::not_saved;
  };
  if (is_for_the_cashier()) {
    to_ui_.push(Refused{std::move(post.command), *reply});
    is_news = true;
  } else if (!reply && !post.approval.empty()) {
    to_ui_.push(Approved{});
    is_news = true;
  }
  if (post.asker) post.asker->replies->push({post.asker->question, std::move(reply)});
  if (is_news) wake_();
}

void RegisterThread::publish() {
  if (published_ == register_->revision()) return;
  published_ = register_->revision();
  snapshot_.publish(register_->snapshot());
  wake_();
}

}  // namespace pos
