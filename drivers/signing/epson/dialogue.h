// A till's side of the talk with the host of an Epson TSE: the connection, and calls to
// the TSE one at a time ("TSE Developer's Guide" 1.0.1, chapter 3).
//
// Several tills share one TSE, so it is opened for each call and closed behind it; log-ins
// and begun transactions outlive that. Where another till has it, ours tries again after a
// random pause. A connection that breaks leaves the TSE blocked for everybody for a
// minute, unless the next one takes it up: that is done here.
//
// Lives on the signing worker's thread, except request_stop().
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "drivers/signing/epson/codec.h"
#include "drivers/signing/signing_device.h"

namespace drivers::epson {

struct DialogueTimes {
  // The first two together: what a device that died may cost the sale that notices.
  Milliseconds to_connect{2500};
  Milliseconds to_open{2000};  // an answer to what is no call
  Milliseconds to_answer{10'000};
  Milliseconds to_test{120'000};                        // set-up and self-test
  Milliseconds shortest_pause{15}, longest_pause{250};  // while another till has it
};

// Makes the transport anew for each connection.
using MakeTransport = std::function<std::unique_ptr<Transport>()>;

class Dialogue {
 public:
  Dialogue(MakeTransport make, std::string device, DialogueTimes times);

  // One call, with an input in JSON. `lost`: it may have been carried out. Whatever the
  // TSE itself answers, errors too, is a Reply.
  Signing<Reply> call(std::string_view function, std::string_view vendor, std::string_view input,
                      Milliseconds patience);
  // How many connections were made: after a new one anything may sit there.
  int connections() const { return connections_; }
  // False: somebody wants it to end.
  bool pause(Milliseconds time);
  void request_stop();
  void begin() { is_stopped_ = false; }
  bool is_stopped() const { return is_stopped_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Trouble { silence, cut, noise };

  Signing<core::Done> get_through(Time until);
  Signing<core::Done> connect(Time until);
  bool take_up_lost(Time until);
  core::Result<Message, Trouble> wait_for(Said said, Time until);
  Signing<Reply> wait_for_reply(std::string_view function, Time until);
  bool send(std::string element, Time until);
  void release();
  void give_up();
  void hang_up();
  Milliseconds random_pause();

  MakeTransport make_;
  std::string device_;
  DialogueTimes times_;
  std::unique_ptr<Transport> transport_;
  MessageReader reader_;
  std::string client_;        // what the host calls this connection
  std::string last_data_id_;  // of the latest answer
  std::string lost_client_;   // a connection that broke and may still have the TSE open
  bool is_open_ = false;      // the TSE, by us
  int connections_ = 0;
  int waits_ = 0;  // one after the other, for the same call
  std::uint64_t random_ = 0;
  std::atomic<bool> is_stopped_ = false;
  std::mutex mutex_;
  std::condition_variable woken_;
};

}  // namespace drivers::epson
