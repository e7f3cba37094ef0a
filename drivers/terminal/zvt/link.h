// Whole ZVT messages over a transport: a bare stream on TCP, blocks with a check
// sum on a serial line. Lives on the terminal's worker thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "drivers/terminal/zvt/apdu.h"
#include "drivers/terminal/zvt/serial.h"

namespace drivers::zvt {

class Link {
 public:
  virtual ~Link() = default;
  virtual core::Result<core::Done, LinkError> open(Milliseconds patience) = 0;
  // `cut`: it may have arrived all the same, in part or whole.
  virtual core::Result<core::Done, LinkError> send(const Apdu& apdu) = 0;
  // `timed_out` leaves the link open.
  virtual core::Result<Apdu, LinkError> receive(Milliseconds patience) = 0;
  // At once: what was sent is not waited for.
  virtual void close() = 0;
  // Whether something arrived that is no ZVT message.
  virtual bool heard_noise() const = 0;
};

// Makes the transport anew for each connection.
using MakeTransport = std::function<std::unique_ptr<Transport>()>;

class TcpLink final : public Link {
 public:
  explicit TcpLink(MakeTransport make) : make_(std::move(make)) {}
  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<core::Done, LinkError> send(const Apdu& apdu) override;
  core::Result<Apdu, LinkError> receive(Milliseconds patience) override;
  void close() override;
  bool heard_noise() const override { return reader_.is_inside(); }

 private:
  MakeTransport make_;
  std::unique_ptr<Transport> transport_;
  ApduReader reader_;
};

// T1 between two bytes, T2 for the other side's 06, and how often a block is
// sent again (PA00P016 3.3).
struct SerialTimes {
  Milliseconds between_bytes{200}, for_ack{5000};
  int repeats = 2;
};

class SerialLink final : public Link {
 public:
  SerialLink(MakeTransport make, SerialTimes times = {}) : make_(std::move(make)), times_(times) {}
  core::Result<core::Done, LinkError> open(Milliseconds patience) override;
  core::Result<core::Done, LinkError> send(const Apdu& apdu) override;
  core::Result<Apdu, LinkError> receive(Milliseconds patience) override;
  void close() override;
  bool heard_noise() const override { return heard_noise_; }

 private:
  enum class Answer { ack, nak, silence };
  core::Result<core::Done, LinkError> write(ByteView bytes);
  core::Result<core::Done, LinkError> read(Milliseconds patience);
  core::Result<Answer, LinkError> answer();
  core::Result<core::Done, LinkError> take(const GoodBlock& block);

  MakeTransport make_;
  SerialTimes times_;
  std::unique_ptr<Transport> transport_;
  BlockReader reader_;
  std::deque<LinkEvent> events_;
  std::deque<Apdu> arrived_;
  // A block that comes again because our 06 was lost is not a second message:
  // it is the same as the last one, and we have not got through since.
  Bytes last_block_;
  bool got_through_since_ = true;
  bool heard_noise_ = false;
};

}  // namespace drivers::zvt
