// Answers the screens' questions on a read-only connection of its own, and
// draws slips as pictures. Of several questions of one kind only the latest is
// answered: a cashier who types on does not wait for what was typed before. The
// first hits of a search come before the rest.
#pragma once

#include <deque>
#include <filesystem>

#include "core/store/database.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"
#include "pos/ui/translate.h"

namespace pos {

class ReaderThread {
 public:
  // `folder`: where files for people are written.
  ReaderThread(core::Database database, std::filesystem::path folder,
               const Translations& translations, Queue<UiMessage>& to_ui, Wake wake);
  ~ReaderThread();

  bool ask(ReaderMessage message) { return messages_.push(std::move(message)); }
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  enum class Dealt { whole, interrupted };

  void loop();
  void take_new(std::deque<ReaderMessage>& batch);
  Dealt deal_with(const ReaderMessage& message);
  Dealt look_up(const core::Question& question);
  void write(const WriteReport& wish);
  Written write(const WriteCustomer& wish);
  static FoundHelp read(const HelpWish& wish);

  core::Database database_;
  std::filesystem::path folder_;
  const Translations& translations_;
  Queue<UiMessage>& to_ui_;
  Wake wake_;
  Queue<ReaderMessage> messages_;
  Worker worker_;
};

}  // namespace pos
