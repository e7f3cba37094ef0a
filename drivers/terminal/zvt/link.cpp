#include "drivers/terminal/zvt/link.h"

namespace drivers::zvt {

namespace {

constexpr Milliseconds write_wait{2000};

core::Result<core::Done, LinkError> write_all(Transport* transport, ByteView bytes) {
  while (!bytes.empty()) {
    if (!transport) return tl::unexpected(LinkError::cut);
    const auto written = transport->write(bytes, write_wait);
    if (!written) return tl::unexpected(LinkError::cut);
    bytes = bytes.subspan(*written);
  }
  return core::Done{};
}

}  // namespace

// --- TCP ---

core::Result<core::Done, LinkError> TcpLink::open(Milliseconds patience) {
  close();
  transport_ = make_();
  auto opened = transport_->open(patience);
  if (!opened) transport_.reset();
  return opened;
}

core::Result<core::Done, LinkError> TcpLink::send(const Apdu& apdu) {
  return write_all(transport_.get(), encode(apdu));
}

core::Result<Apdu, LinkError> TcpLink::receive(Milliseconds patience) {
  for (;;) {
    if (auto apdu = reader_.next()) return std::move(*apdu);
    if (!transport_) return tl::unexpected(LinkError::cut);
    const auto bytes = transport_->read(patience);
    if (!bytes) return tl::unexpected(bytes.error());
    reader_.feed(*bytes);
  }
}

void TcpLink::close() {
  transport_.reset();
  reader_.clear();
}

// --- serial ---

core::Result<core::Done, LinkError> SerialLink::open(Milliseconds patience) {
  close();
  transport_ = make_();
  auto opened = transport_->open(patience);
  if (!opened) transport_.reset();
  return opened;
}

void SerialLink::close() {
  transport_.reset();
  reader_ = {};
  events_.clear();
  arrived_.clear();
  last_block_.clear();
  got_through_since_ = true;
  heard_noise_ = false;
}

core::Result<core::Done, LinkError> SerialLink::write(ByteView bytes) {
  return write_all(transport_.get(), bytes);
}

// Puts what arrives into events_; `timed_out` when nothing did.
core::Result<core::Done, LinkError> SerialLink::read(Milliseconds patience) {
  if (!transport_) return tl::unexpected(LinkError::cut);
  const auto bytes = transport_->read(reader_.is_inside() ? times_.between_bytes : patience);
  if (!bytes && bytes.error() != LinkError::timed_out) return tl::unexpected(bytes.error());
  if (!bytes) {
    const auto quiet = reader_.went_quiet();
    if (!quiet) return tl::unexpected(LinkError::timed_out);
    events_.push_back(*quiet);
    return core::Done{};
  }
  for (LinkEvent& event : reader_.feed(*bytes)) events_.push_back(std::move(event));
  if (events_.empty() && !reader_.is_inside()) heard_noise_ = true;
  return core::Done{};
}

core::Result<core::Done, LinkError> SerialLink::take(const GoodBlock& block) {
  const Bytes acknowledged{link_ack};
  if (auto written = write(acknowledged); !written) return written;
  const bool is_repeat = block.message == last_block_ && !got_through_since_;
  last_block_ = block.message;
  got_through_since_ = false;
  const auto apdu = parse_apdu(block.message);
  if (!apdu) heard_noise_ = true;
  if (apdu && !is_repeat) arrived_.push_back(*apdu);
  return core::Done{};
}

core::Result<SerialLink::Answer, LinkError> SerialLink::answer() {
  for (;;) {
    while (!events_.empty()) {
      const LinkEvent event = std::move(events_.front());
      events_.pop_front();
      if (std::holds_alternative<LinkAck>(event)) return Answer::ack;
      if (std::holds_alternative<LinkNak>(event)) return Answer::nak;
      // The other side speaks instead: it has not heard our last 06.
      if (const auto* block = std::get_if<GoodBlock>(&event)) {
        if (auto taken = take(*block); !taken) return tl::unexpected(taken.error());
      }
    }
    if (auto arrived = read(times_.for_ack); !arrived) {
      if (arrived.error() == LinkError::timed_out) return Answer::silence;
      return tl::unexpected(arrived.error());
    }
  }
}

core::Result<core::Done, LinkError> SerialLink::send(const Apdu& apdu) {
  const Bytes block = encode_block(encode(apdu));
  for (int sent = 0; sent <= times_.repeats; ++sent) {
    if (auto written = write(block); !written) return written;
    const auto heard = answer();
    if (!heard) return tl::unexpected(heard.error());
    if (*heard != Answer::ack) continue;
    got_through_since_ = true;
    return core::Done{};
  }
  return tl::unexpected(LinkError::cut);
}

core::Result<Apdu, LinkError> SerialLink::receive(Milliseconds patience) {
  for (;;) {
    if (!arrived_.empty()) {
      Apdu apdu = std::move(arrived_.front());
      arrived_.pop_front();
      return apdu;
    }
    while (!events_.empty()) {
      const LinkEvent event = std::move(events_.front());
      events_.pop_front();
      if (const auto* block = std::get_if<GoodBlock>(&event)) {
        if (auto taken = take(*block); !taken) return tl::unexpected(taken.error());
      } else if (std::holds_alternative<BadBlock>(event)) {
        const Bytes again{link_nak};
        if (auto written = write(again); !written) return tl::unexpected(written.error());
      }
    }
    if (!arrived_.empty()) continue;
    if (auto arrived = read(patience); !arrived) return tl::unexpected(arrived.error());
  }
}

}  // namespace drivers::zvt
