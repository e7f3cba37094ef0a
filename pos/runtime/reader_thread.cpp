#include "pos/runtime/reader_thread.h"

#include "drivers/printer/preview.h"
#include "drivers/printer/profiles.h"
#include "pos/layout/receipt_layout.h"

namespace pos {

namespace {

// Whether a later message makes an earlier one pointless.
bool replaces(const ReaderMessage& later, const ReaderMessage& earlier) {
  const auto* question = std::get_if<core::Question>(&later);
  const auto* before = std::get_if<core::Question>(&earlier);
  return question && before && question->index() == before->index();
}

ui::Image coloured(const drivers::Picture& picture) {
  ui::Image image{picture.width, picture.height, {}};
  image.pixels.reserve(picture.grey.size());
  for (const std::uint32_t grey : picture.grey) {
    image.pixels.push_back(grey << 16 | grey << 8 | grey);
  }
  return image;
}

}  // namespace

ReaderThread::ReaderThread(core::Database database, const Translations& translations,
                           Queue<UiMessage>& to_ui, Wake wake)
    : database_(std::move(database)),
      translations_(translations),
      to_ui_(to_ui),
      wake_(std::move(wake)) {
  worker_ = Worker("reader", [this] { loop(); });
}

ReaderThread::~ReaderThread() {
  stop();
}

void ReaderThread::stop() {
  messages_.close();
  worker_.join();
}

void ReaderThread::loop() {
  while (auto first = messages_.pop()) {
    std::vector<ReaderMessage> batch;
    batch.push_back(std::move(*first));
    while (auto next = messages_.try_pop()) {
      std::erase_if(batch, [&](const ReaderMessage& earlier) { return replaces(*next, earlier); });
      batch.push_back(std::move(*next));
    }
    for (const ReaderMessage& message : batch) deal_with(message);
    messages_.finished();
    wake_();
  }
}

void ReaderThread::deal_with(const ReaderMessage& message) {
  if (const auto* question = std::get_if<core::Question>(&message)) {
    to_ui_.push(core::answer(database_, *question));
    return;
  }
  const auto& slip = std::get<DrawSlip>(message);
  const drivers::Profile& profile = drivers::profile(slip.profile);
  const std::string language = slip.receipt.order.customer.language.empty()
                                   ? slip.receipt.shop.language
                                   : slip.receipt.order.customer.language;
  const auto document = receipt_slip(slip.receipt, slip.form,
                                     translations_(language_from(language)), profile.columns);
  if (const auto picture = drivers::preview(document, profile)) {
    to_ui_.push(SlipPicture{slip.receipt.order.id, coloured(*picture)});
  }
}

}  // namespace pos
